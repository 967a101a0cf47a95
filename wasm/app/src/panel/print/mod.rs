//! Pages to print: the checklist of a procedure, and a transfer.

mod checklist;
mod cover_letter;
mod print_page;
mod transfer_sheet;

pub(crate) use checklist::print_checklist;
pub(crate) use cover_letter::print_cover_letter;
pub(crate) use transfer_sheet::print_transfer;
