//! The helper process: loads the module and carries out what the host requests, in one thread.
//!
//! A module may crash, hang or print; it does so here. The process ends with its host.

use crate::code::Code;
use crate::cryptoki::Cryptoki;
use crate::installed::{InstalledModule, installed_module};
use crate::message::{
    Call, Comparison, Done, Expected, FindError, Found, Operation, Reply, Request, Token, read_request,
    write_reply,
};
use crate::module::{Failure, Module};
use crate::number::{narrowed, widened};
use cryptoki_sys::{CK_SESSION_HANDLE, CK_SLOT_ID, CKF_RW_SESSION, CKR_OK};
use std::io::{self, Read, Write};

/// Serves the host until it ends the conversation.
///
/// # Errors
/// If no host has started this process.
pub fn run_helper() -> io::Result<()> {
    let mut channel = crate::process::take_channel()?;
    let mut helper = Helper::new(load);
    // A host that has exited, or writes something else, ends the conversation, too.
    while let Ok(request) = read_request(&mut channel) {
        if !helper.serve(request, &mut channel) {
            break;
        }
    }
    helper.end();
    Ok(())
}

/// Loads the installed module.
fn load() -> Result<Cryptoki, FindError> {
    let InstalledModule::Trusted(path) = installed_module() else { return Err(FindError::NoModule) };
    Cryptoki::load(&path).ok_or(FindError::NotLoaded)
}

/// What loads a module.
type Load<M> = Box<dyn FnMut() -> Result<M, FindError> + Send>;

/// Makes the calls of one conversation.
pub(crate) struct Helper<M> {
    load: Load<M>,
    module: Option<M>,
    /// The session with the expected token, and its slot; taken by the first operation.
    session: Option<(CK_SESSION_HANDLE, CK_SLOT_ID)>,
}

impl<M: Module> Helper<M> {
    pub(crate) fn new(load: impl FnMut() -> Result<M, FindError> + Send + 'static) -> Self {
        Self { load: Box::new(load), module: None, session: None }
    }

    /// Carries out a request; returns whether another one may follow.
    pub(crate) fn serve(&mut self, request: Request, channel: &mut (impl Read + Write)) -> bool {
        let reply = match request {
            Request::Find => Reply::Found(self.find()),
            Request::Compare(expected) => Reply::Compared(self.compare(&expected)),
            Request::Operate { operation, old, new } => match self.operate(operation, old, new) {
                Some(done) => Reply::Done(done),
                None => return false, // without a comparison before it
            },
            Request::End => return false,
        };
        write_reply(channel, &reply).is_ok()
    }

    fn find(&mut self) -> Result<Found, FindError> {
        let module = (self.load)()?;
        show(self.module.insert(module)).map_err(|failure| FindError::Failed(widened(failure)))
    }

    fn compare(&mut self, expected: &Expected) -> Comparison {
        let Some(module) = &self.module else { return Comparison::Different };
        let slot = narrowed(expected.slot);
        let compared = module.open_session(slot, CKF_RW_SESSION).and_then(|session| {
            self.session = Some((session, slot));
            let is_same_state = widened(module.token_flags(slot)?) == expected.flags;
            Ok(is_same_state && module.certificates(session)?.contains(&expected.certificate))
        });
        match compared {
            Ok(true) => return Comparison::Same,
            Ok(false) => self.close_session(),
            Err(failure) => {
                self.close_session();
                return Comparison::Failed(widened(failure));
            }
        }
        Comparison::Different
    }

    /// Carries out an operation in the session with the expected token, which no other one can use afterwards.
    fn operate(&mut self, operation: Operation, mut old: Code, mut new: Code) -> Option<Done> {
        let (session, slot) = self.session.take()?;
        let module = self.module.as_ref()?;
        let (call, result) = match operation {
            Operation::Unblock => match module.login_so(session, &mut old) {
                Ok(()) => (Call::InitPin, module.init_pin(session, &mut new)),
                failed => (Call::Login, failed),
            },
            Operation::ChangePin => (Call::SetPin, module.set_pin(session, &mut old, &mut new)),
            Operation::ChangePuk => match module.login_so(session, &mut old) {
                Ok(()) => (Call::SetPin, module.set_pin(session, &mut old, &mut new)),
                failed => (Call::Login, failed),
            },
        };
        drop((old, new)); // wiped before anything else
        let flags = if result.is_ok() { None } else { module.token_flags(slot).ok().map(widened) };
        Some(Done { call, result: widened(result.err().unwrap_or(CKR_OK)), flags })
    }

    fn close_session(&mut self) {
        if let (Some((session, _)), Some(module)) = (self.session.take(), &self.module) {
            let _ = module.close_session(session); // ends with the process at the latest
        }
    }

    /// Ends the module.
    pub(crate) fn end(mut self) {
        self.close_session();
        if let Some(module) = self.module {
            let _ = module.finalize(); // ends with the process at the latest
        }
    }
}

fn show(module: &impl Module) -> Result<Found, Failure> {
    module.initialize()?;
    let (maker, version) = module.info()?;
    let slots = module.slots_with_token()?;
    // A token that cannot be read is none that is looked for.
    let tokens = slots.into_iter().filter_map(|slot| token(module, slot).ok()).collect();
    Ok(Found { maker, version: (version.major, version.minor), tokens })
}

fn token(module: &impl Module, slot: CK_SLOT_ID) -> Result<Token, Failure> {
    let session = module.open_session(slot, 0)?;
    let certificates = module.certificates(session);
    // A session that can only read would prevent the login that follows.
    module.close_session(session)?;
    Ok(Token { slot: widened(slot), flags: widened(module.token_flags(slot)?), certificates: certificates? })
}

#[cfg(test)]
#[path = "helper_tests.rs"]
mod tests;
