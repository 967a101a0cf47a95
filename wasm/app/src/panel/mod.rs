//! The side panel, the page that opens after installation, and the pages to print.
//!
//! The panel consists of sections ([`section::Section`]), which [`registry`] lists. A section keeps its own
//! state, draws itself into slots of the page and requests effects. [`model`] is the state of all sections
//! and of what they share; [`app`] connects it to the browser.

mod app;
mod card;
mod date_format;
mod dom_builder;
mod dom_events;
mod effects;
mod element_builder;
mod guide;
mod help;
mod institution;
mod language;
mod layout;
mod loading;
mod model;
mod navigation;
mod print;
mod registry;
mod reminder;
mod render;
mod section;
mod shared;
mod source_line;
mod transfer;

pub(crate) use app::Panel;
pub(crate) use loading::show_loading;
pub(crate) use print::{print_checklist, print_cover_letter, print_transfer};
pub(crate) use shared::{ExtensionPage, UserData};
