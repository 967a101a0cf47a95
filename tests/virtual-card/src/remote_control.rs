//! Controls the card through standard input: the parent process removes it, inserts it again, and lets it
//! continue after a stop.

use crate::output::print_line;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A command on standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ControlCommand {
    /// Continue after a stop.
    Go,
    /// Remove the card.
    Out,
    /// Insert the card again.
    In,
}

/// Receives commands from standard input. The process exits at the end of standard input, including when the
/// parent process dies; by then every line of the log has been written to the file.
pub(crate) struct RemoteControl {
    commands: Receiver<ControlCommand>,
    connection: Arc<Mutex<Option<TcpStream>>>,
}

impl RemoteControl {
    /// Starts to read standard input; `tell` returns the response to a question about the card, such as `tell security`; to `tell` alone, its
    /// codes.
    pub(crate) fn start(tell: impl Fn(&str) -> Option<String> + Send + 'static) -> Self {
        let (sender, commands) = channel();
        let connection = Arc::<Mutex<Option<TcpStream>>>::default();
        let current = Arc::clone(&connection);
        thread::spawn(move || {
            for line in io::stdin().lines().map_while(Result::ok) {
                execute(&line, &sender, &current, &tell);
            }
            std::process::exit(0);
        });
        Self { commands, connection }
    }

    /// Sets the connection that is closed when the card is removed.
    pub(crate) fn set_connection(&self, connection: &TcpStream) -> io::Result<()> {
        *lock(&self.connection) = Some(connection.try_clone()?);
        Ok(())
    }

    /// Waits until the card may continue or is removed.
    pub(crate) fn wait_for_go(&self) {
        while !matches!(self.commands.recv(), Ok(ControlCommand::Go | ControlCommand::Out) | Err(_)) {}
    }

    /// Waits until the card is inserted again; returns false if standard input is closed.
    pub(crate) fn wait_until_reinserted(&self) -> bool {
        loop {
            match self.commands.recv() {
                Ok(ControlCommand::In) => return true,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }
}

fn execute(
    line: &str,
    sender: &Sender<ControlCommand>,
    connection: &Mutex<Option<TcpStream>>,
    tell: &impl Fn(&str) -> Option<String>,
) {
    let command = match line {
        "go" => ControlCommand::Go,
        "out" => {
            // Fails if the reader has closed the connection first.
            let _ = lock(connection).take().map(|connection| connection.shutdown(Shutdown::Both));
            ControlCommand::Out
        }
        "in" => ControlCommand::In,
        _ => {
            let told = line.strip_prefix("tell").and_then(|what| tell(what.trim_start()));
            return print_line(&told.unwrap_or_else(|| "unknown command".to_owned()));
        }
    };
    let _ = sender.send(command); // fails if the card has already ended
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
