//! Cards for the fuzz targets.

mod faulty_card;
mod scripted_files_card;

pub use faulty_card::{Exchange, FaultyCard};
pub use scripted_files_card::{ScriptedFilesCard, split_files};
