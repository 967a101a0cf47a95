//! The routes that the property tests of operations run over.
//!
//! Another route is a file next to `command_test_route.rs` that implements [`TestRoute`], and a row here: all
//! properties then hold for it, too, or fail.

use super::command_test_route::CommandTestRoute;
use super::test_route::TestRoute;

/// All routes.
pub const TEST_ROUTES: &[&dyn TestRoute] = &[&CommandTestRoute];
