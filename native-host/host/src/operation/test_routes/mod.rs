//! The routes that the property tests of operations run over.
//!
//! Another route is a file here that implements [`TestRoute`], and a row below: all properties then hold for it, too,
//! or fail.

mod command_route;
mod module_route;
mod scripted_module;
mod shared_card;
mod test_route;

pub use command_route::CommandTestRoute;
pub use module_route::ModuleTestRoute;
pub use shared_card::SharedCard;
pub use test_route::{
    CardEvent, Fault, Journal, OpenedCard, PIN, PUK, SentCodes, SentOutcome, TestCard, TestModule, TestRoute,
    TestToken,
};

/// All routes.
pub const TEST_ROUTES: &[&dyn TestRoute] = &[&CommandTestRoute, &ModuleTestRoute];
