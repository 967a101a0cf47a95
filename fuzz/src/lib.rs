//! Cards for the fuzz targets.

mod files;
mod meddled;

pub use files::{Files, cut};
pub use meddled::{Meddled, Told};
