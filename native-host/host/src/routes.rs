//! The routes to cards that this program has. Only it and `module_status` name them.

use crate::operation::run::Routes;
use crate::reader_keys;
use eimza_module::Pkcs11Route;
use eimza_pcsc::{CardMemory, CommandRoute, Timeouts};
use eimza_session::CardProvider;

/// Cards that were read to be shown and need not be read again for an operation. Clones share their content.
pub type Memory = CardMemory;

/// Returns the provider of cards for commands that a user has requested.
pub fn cards(memory: &Memory) -> impl CardProvider + use<> {
    CommandRoute::new(Timeouts::INTERACTIVE, memory.clone())
}

/// Returns the provider of cards for background reads.
pub fn cards_in_background(memory: &Memory) -> impl CardProvider + use<> {
    CommandRoute::new(Timeouts::BACKGROUND, memory.clone())
}

/// Returns the routes of an operation.
pub fn routes(memory: &Memory) -> Routes {
    let use_reader_keys = reader_keys::are_used();
    Routes { cards: Box::new(cards(memory)), modules: Some(Box::new(Pkcs11Route)), use_reader_keys }
}
