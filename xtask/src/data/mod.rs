//! Commands that run the product's rules over a file or standard input, or refresh its data.

pub mod address;
pub mod advise;
pub mod profile;
pub mod provinces;
