//! The route over a module in this process, for tests of operations: everything of the route but the process, the
//! checks of the host and the calls of the helper included. The product does not contain it.

use crate::conversation::{Conversation, Silence};
use crate::helper::Helper;
use crate::message::{
    Comparison, Done, Expected, FindError, Found, Operation, Reply, Request, operation_frame, read_reply,
    read_request, write_request,
};
use crate::route::find_token;
use eimza_session::{CardDescription, ModuleRoute, ModuleToken};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

pub use crate::code::Code;
pub use crate::module::{Failure, Module};
pub use cryptoki_sys;

/// The route over a module in this process, which serves one operation. A module that panics has crashed.
pub struct InProcessRoute<M>(Mutex<Option<M>>);

impl<M: Module + Send + 'static> InProcessRoute<M> {
    /// Returns the route over this module.
    pub fn new(module: M) -> Self {
        Self(Mutex::new(Some(module)))
    }
}

impl<M: Module + Send + 'static> ModuleRoute for InProcessRoute<M> {
    fn find(&self, card: &CardDescription) -> Option<Box<dyn ModuleToken>> {
        find_token(card, || {
            let mut module = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
            Some(InProcess(Some(Helper::new(move || module.take().ok_or(FindError::NoModule)))))
        })
    }
}

/// A helper in this process; `None` once its module has crashed.
struct InProcess<M: Module>(Option<Helper<M>>);

impl<M: Module> InProcess<M> {
    /// Passes the frame of a request on, as to the process.
    fn ask(&mut self, frame: &[u8]) -> Result<Reply, Silence> {
        let helper = self.0.as_mut().ok_or(Silence::NotReceived)?;
        let served = catch_unwind(AssertUnwindSafe(|| {
            let mut replies = Cursor::new(Vec::new());
            helper.serve(read_request(&mut &*frame).ok()?, &mut replies);
            read_reply(&mut &replies.into_inner()[..]).ok()
        }));
        served
            .unwrap_or_else(|_| {
                self.0 = None;
                None
            })
            .ok_or(Silence::Received)
    }

    fn ask_without_codes(&mut self, request: &Request) -> Result<Reply, Silence> {
        let mut frame = Vec::new();
        write_request(&mut frame, request).map_err(|_| Silence::NotReceived)?;
        self.ask(&frame)
    }
}

impl<M: Module + Send> Conversation for InProcess<M> {
    fn find(&mut self) -> Result<Found, Option<FindError>> {
        match self.ask_without_codes(&Request::Find) {
            Ok(Reply::Found(found)) => found.map_err(Some),
            _ => Err(None),
        }
    }

    fn compare(&mut self, expected: Expected) -> Result<Comparison, Silence> {
        match self.ask_without_codes(&Request::Compare(expected))? {
            Reply::Compared(comparison) => Ok(comparison),
            _ => Err(Silence::Received),
        }
    }

    fn operate(&mut self, operation: Operation, old: &[u8], new: &[u8]) -> Result<Done, Silence> {
        let frame = operation_frame(operation, old, new).ok_or(Silence::NotReceived)?;
        match self.ask(frame.bytes())? {
            Reply::Done(done) => Ok(done),
            _ => Err(Silence::Received),
        }
    }
}

impl<M: Module> Drop for InProcess<M> {
    /// Lets the module end, which may crash, too.
    fn drop(&mut self) {
        if let Some(helper) = self.0.take() {
            let _ = catch_unwind(AssertUnwindSafe(|| helper.end()));
        }
    }
}
