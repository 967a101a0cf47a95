//! Starts the helper process as the host does, and prints what the installed PKCS#11 module says: testable under
//! Wine, which has no smart cards for which the host would start it. Never shipped.
#![allow(clippy::print_stdout, reason = "a program for tests")]

use std::io;

fn main() -> io::Result<()> {
    eimza_memory_protection::forbid_dumps();
    if std::env::args().nth(1).is_some_and(|argument| argument == eimza_module::SUBCOMMAND) {
        return eimza_module::run_helper();
    }
    println!("{:?}", eimza_module::installed_module());
    match eimza_module::module_report() {
        Some(report) => {
            let flags: Vec<_> = report.tokens.iter().map(|token| token.names().join(" ")).collect();
            println!("{} {:?} {flags:?}", report.maker, report.version);
        }
        None => println!("nothing"),
    }
    Ok(())
}
