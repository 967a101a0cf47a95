//! The interface between operations with codes and the routes that reach a card.
//!
//! A *route* is a way to describe a card and to send codes to it: commands over PC/SC, or the PKCS#11 module of
//! the card's maker. Each route is a crate of its own, which alone links its library. What asks the user, and
//! what shows cards, knows descriptions and states of codes only.
//!
//! The crate has no commands (APDUs): a route that needs none, such as a module, has none to offer.

mod description;
mod error;
mod module_route;
mod operation;
mod provider;
mod route;
mod session;
mod take_route;

pub use description::{CardDescription, CodeRules};
pub use eimza_card::{
    Cardholder, Certificate, CodeFormat, CodeFormatError, CodeKind, CodeState, CodeWeakness, Secret,
};
pub use error::Error;
pub use module_route::{HeldCard, ModuleRoute, ModuleToken};
pub use operation::Operation;
pub use provider::{CardProvider, ListedReader, ReadStates};
pub use route::{Consent, Route, RouteChoice, choose_route};
pub use session::{CardSession, CodeEntry, ReaderEntryError, SendGate};
pub use take_route::take_route;
