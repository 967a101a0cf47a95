//! Answers each line on standard input with a line of JSON: what the product's window shows, or `null` if there is
//! none. It sees the window as any other program on the desktop does, such as a screen reader: entries are not shown
//! to it.
//!
//! ```json
//! {"is_new": true, "texts": ["…"], "fields": ["PUK"], "buttons": ["&Tamam", "&Vazgeç"], "focus": 0}
//! ```
//!
//! A window is new the first time. Fields are named by the text before them; `focus` is the field with the focus.

#[cfg(windows)]
mod windows;

fn main() -> std::io::Result<()> {
    #[cfg(windows)]
    return windows::run();
    #[cfg(not(windows))]
    Ok(())
}
