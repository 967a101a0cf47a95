//! The hand that holds a card: whoever started the program says on its standard input when the card is pulled
//! out, pushed in again, or goes on where it was stopped.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A line on standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Go on from where the card was stopped.
    Go,
    /// Pull it out.
    Out,
    /// Push it in again.
    In,
}

/// Hears the orders. The end of standard input ends the process, also where whoever held it died: every line of
/// the log is in the file by then, nothing is lost.
pub(crate) struct Hand {
    orders: Receiver<Order>,
    reader: Arc<Mutex<Option<TcpStream>>>,
}

impl Hand {
    /// Listens; `confess` is what a line `tell` is answered with.
    pub(crate) fn new(confess: impl Fn() -> String + Send + 'static) -> Self {
        let (tell, orders) = channel();
        let reader = Arc::<Mutex<Option<TcpStream>>>::default();
        let held = Arc::clone(&reader);
        thread::spawn(move || {
            for line in io::stdin().lines().map_while(Result::ok) {
                obey(&line, &tell, &held, &confess);
            }
            std::process::exit(0);
        });
        Self { orders, reader }
    }

    /// Takes note of the reader that the card is in.
    pub(crate) fn insert(&self, reader: &TcpStream) -> io::Result<()> {
        *lock(&self.reader) = Some(reader.try_clone()?);
        Ok(())
    }

    /// Stops the card until it is to go on, or is out.
    pub(crate) fn stop(&self) {
        while !matches!(self.orders.recv(), Ok(Order::Go | Order::Out) | Err(_)) {}
    }

    /// Waits until the card is to be pushed in; false where nobody holds it any more.
    pub(crate) fn waits_outside(&self) -> bool {
        loop {
            match self.orders.recv() {
                Ok(Order::In) => return true,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }
}

fn obey(line: &str, tell: &Sender<Order>, reader: &Mutex<Option<TcpStream>>, confess: &impl Fn() -> String) {
    let order = match line {
        "go" => Order::Go,
        "out" => {
            // Fails where the reader let go of it first.
            let _ = lock(reader).take().map(|reader| reader.shutdown(Shutdown::Both));
            Order::Out
        }
        "in" => Order::In,
        "tell" => return crate::say(&confess()),
        _ => return crate::say("unknown order"),
    };
    let _ = tell.send(order); // a card that has ended obeys no more
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
