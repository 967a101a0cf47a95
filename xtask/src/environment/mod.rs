//! What commands need around them: installed programs, namespaces of their own, a virtual card reader.

pub mod apt;
pub mod isolation;
pub mod setup;
pub mod tools;
pub mod virtual_reader;
