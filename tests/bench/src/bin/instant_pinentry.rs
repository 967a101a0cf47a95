//! A pinentry that responds immediately with the codes of the virtual card. A compiled program, so that its
//! startup time is negligible. Tells the socket `asked` in its folder, if there is one, when it is asked for a
//! code.

use std::io::{self, BufRead, Write};
use std::os::unix::net::UnixDatagram;

fn tell_that_a_code_is_asked_for() -> io::Result<()> {
    let program = std::env::current_exe()?;
    UnixDatagram::unbound()?.send_to(&[1], program.with_file_name("asked")).map(drop)
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut label = String::new();
    let mut repeat = false;
    out.write_all(b"OK\n")?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        if verb == "GETPIN" {
            let _ = tell_that_a_code_is_asked_for(); // most benchmarks do not listen
        }
        match verb {
            "SETPROMPT" => rest.clone_into(&mut label),
            "SETREPEAT" => repeat = true,
            "GETPIN" if label == "PUK" => out.write_all(b"D 12345678\n")?,
            "GETPIN" => {
                if repeat {
                    out.write_all(b"S PIN_REPEATED\n")?;
                }
                out.write_all(b"D 739164\n")?;
            }
            _ => {}
        }
        out.write_all(b"OK\n")?;
        out.flush()?;
        if verb == "BYE" {
            break;
        }
    }
    Ok(())
}
