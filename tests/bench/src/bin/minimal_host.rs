//! Sends the first message of the host and exits: the minimum for a native messaging host in Rust.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let text = concat!(r#"{"hello":{"protocol":1,"version":""#, env!("CARGO_PKG_VERSION"), r#""}}"#);
    let length = u32::try_from(text.len()).map_err(io::Error::other)?;
    let mut out = io::stdout().lock();
    out.write_all(&length.to_ne_bytes())?;
    out.write_all(text.as_bytes())?;
    out.flush()
}
