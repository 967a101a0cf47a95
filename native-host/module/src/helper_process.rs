//! The host's side of the conversation with a helper process.

use crate::conversation::{Conversation, Silence};
use crate::message::{
    Comparison, Done, Expected, FindError, Found, Operation, Reply, Request, operation_frame, read_reply,
    write_request,
};
use crate::process;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// For a module to load and to read all tokens. Another program's transaction may delay it.
const FIND_TIMEOUT: Duration = Duration::from_secs(10);
/// For a module to read the certificates of one token again.
const COMPARE_TIMEOUT: Duration = Duration::from_secs(10);
/// For a module to pass codes to the card; longer than a card takes for any command.
const OPERATE_TIMEOUT: Duration = Duration::from_secs(20);
/// For a module to end by itself.
const END_TIMEOUT: Duration = Duration::from_secs(2);

/// A helper process. It is gone once this is dropped.
pub(crate) struct HelperProcess {
    process: process::Helper,
    input: process::Input,
    replies: Receiver<Reply>,
}

impl HelperProcess {
    /// Starts a helper.
    pub(crate) fn start() -> io::Result<Self> {
        let (process, input, mut output) = process::start()?;
        let (sender, replies) = channel();
        let helper = Self { process, input, replies };
        // Ends with the helper, or with whoever waits for its replies.
        let read = move || while read_reply(&mut output).is_ok_and(|reply| sender.send(reply).is_ok()) {};
        std::thread::Builder::new().name("module".to_owned()).spawn(read)?;
        Ok(helper)
    }

    fn ask(&mut self, request: &Request, timeout: Duration) -> Result<Reply, Silence> {
        write_request(&mut self.input, request).map_err(|_| Silence::NotReceived)?;
        self.replies.recv_timeout(timeout).map_err(|_| Silence::Received)
    }
}

impl Conversation for HelperProcess {
    fn find(&mut self) -> Result<Found, Option<FindError>> {
        match self.ask(&Request::Find, FIND_TIMEOUT) {
            Ok(Reply::Found(found)) => found.map_err(Some),
            _ => Err(None),
        }
    }

    fn compare(&mut self, expected: Expected) -> Result<Comparison, Silence> {
        match self.ask(&Request::Compare(expected), COMPARE_TIMEOUT)? {
            Reply::Compared(comparison) => Ok(comparison),
            _ => Err(Silence::Received),
        }
    }

    fn operate(&mut self, operation: Operation, old: &[u8], new: &[u8]) -> Result<Done, Silence> {
        let frame = operation_frame(operation, old, new).ok_or(Silence::NotReceived)?;
        // A request that arrived in part is not carried out.
        self.input.write_all(frame.bytes()).map_err(|_| Silence::NotReceived)?;
        drop(frame);
        match self.replies.recv_timeout(OPERATE_TIMEOUT) {
            Ok(Reply::Done(done)) => Ok(done),
            _ => Err(Silence::Received),
        }
    }
}

impl Drop for HelperProcess {
    /// Lets the module end by itself, then ends the process.
    fn drop(&mut self) {
        if write_request(&mut self.input, &Request::End).is_ok() {
            // Its end of the channel is closed once it has exited; a late reply is of no use.
            while self.replies.recv_timeout(END_TIMEOUT).is_ok() {}
        }
        self.process.end();
    }
}
