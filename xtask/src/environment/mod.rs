//! The environment of commands: installed programs, isolated namespaces, a virtual card reader.

pub mod apt;
pub mod isolation;
pub mod setup;
pub mod tools;
pub mod virtual_reader;
pub mod windows_root;
