//! What commands need around them: installed programs, namespaces of their own, a smart-card service.

pub mod apt;
pub mod isolation;
pub mod setup;
pub mod stage;
pub mod tools;
