//! Which institution it is: chosen, imported from a file, or laid down by the browser's policy.

pub(crate) mod state;
pub(crate) mod view;
pub(crate) mod words;
