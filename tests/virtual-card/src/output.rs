//! Standard output.

use std::io::{self, Write};

/// Prints a line and flushes it. Errors are ignored: nobody reads the output then.
pub(crate) fn print_line(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{}", line.trim_end()).and_then(|()| output.flush());
}
