//! The module route over virtual cards in memory: a scripted module in place of the one of the cards' maker, in this
//! process. Cards whose commands are certain take the command route, as they do with a module installed.

use super::command_route::open_held_card;
use super::scripted_module::ScriptedModule;
use super::shared_card::SharedCard;
use super::test_route::{Journal, OpenedCard, TestCard, TestRoute};
use eimza_module::in_process::InProcessRoute;
use eimza_session::{Operation, take_route};

/// The module route.
#[derive(Debug)]
pub struct ModuleTestRoute;

impl TestRoute for ModuleTestRoute {
    fn open(&self, test: &TestCard, operation: Operation, journal: &Journal) -> Option<OpenedCard> {
        let card = SharedCard::insert(test, journal);
        let held = open_held_card(&card, operation)?;
        let certificate = held.description().certificates.first().cloned();
        let module = ScriptedModule::new(card.clone(), test.module.clone(), certificate.as_ref());
        let session = take_route(held, Some(&InProcessRoute::new(module)));
        card.ask_user(test);
        Some(OpenedCard { session, card })
    }
}
