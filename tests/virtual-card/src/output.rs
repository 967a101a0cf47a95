//! Standard output.

use std::io::{self, Write};

/// Prints a line and flushes it. Ignores errors: a closed output has no reader.
pub(crate) fn print_line(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{}", line.trim_end()).and_then(|()| output.flush());
}
