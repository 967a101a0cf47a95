//! Answers each line on standard input with a line of JSON: what the product's window shows, or `null` if there is
//! none. It sees the window as any other program on the desktop does, such as a screen reader, and reads no entries.
//!
//! ```json
//! {"is_new": true, "is_in_front": true, "name": "…", "texts": ["…"], "fields": ["PUK"],
//!  "buttons": ["&Tamam", "&Vazgeç"], "focus": "PUK", "cut_off": []}
//! ```
//!
//! A window is new the first time. `name`, `fields` and `focus` are what UI Automation tells a screen reader;
//! `cut_off` are the texts that their controls have no room for.

#[cfg(windows)]
mod controls;
#[cfg(windows)]
mod room;
#[cfg(windows)]
mod window;

fn main() {
    #[cfg(windows)]
    window::run().expect("the window");
}
