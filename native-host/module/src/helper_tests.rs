//! Tests of the helper with a scripted module.

use super::*;
use cryptoki_sys::{
    CK_FLAGS, CK_RV, CK_VERSION, CKR_DEVICE_REMOVED, CKR_GENERAL_ERROR, CKR_PIN_INCORRECT,
    CKR_SESSION_READ_ONLY_EXISTS,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const CARD: &[u8] = b"card";
const FLAGS: CK_FLAGS = 4;

/// A module with tokens in slots 0 and 1, whose sessions are 10 and 11.
struct Scripted {
    calls: Rc<RefCell<Vec<String>>>,
    /// The call that fails, and its result.
    failing: Cell<(&'static str, CK_RV)>,
    certificates: [&'static [u8]; 2],
    flags: Cell<CK_FLAGS>,
}

impl Scripted {
    fn new() -> Self {
        Self {
            calls: Rc::default(),
            failing: Cell::new(("", CKR_OK)),
            certificates: [b"other", CARD],
            flags: Cell::new(FLAGS),
        }
    }

    fn call(&self, name: &str, detail: &str) -> Result<(), Failure> {
        self.calls.borrow_mut().push(format!("{name} {detail}").trim_end().to_owned());
        let (failing, result) = self.failing.get();
        if failing == name { Err(result) } else { Ok(()) }
    }
}

impl Module for Scripted {
    fn initialize(&self) -> Result<(), Failure> {
        self.call("initialize", "")
    }

    fn finalize(&self) -> Result<(), Failure> {
        self.call("finalize", "")
    }

    fn info(&self) -> Result<(String, CK_VERSION), Failure> {
        self.call("info", "").map(|()| ("maker".to_owned(), CK_VERSION { major: 2, minor: 1 }))
    }

    fn slots_with_token(&self) -> Result<Vec<CK_SLOT_ID>, Failure> {
        self.call("slots", "").map(|()| vec![0, 1])
    }

    fn token_flags(&self, slot: CK_SLOT_ID) -> Result<CK_FLAGS, Failure> {
        self.call("flags", &slot.to_string()).map(|()| self.flags.get())
    }

    fn open_session(&self, slot: CK_SLOT_ID, extra: CK_FLAGS) -> Result<CK_SESSION_HANDLE, Failure> {
        self.call("open", if extra == CKF_RW_SESSION { "RW" } else { "RO" }).map(|()| slot + 10)
    }

    fn close_session(&self, session: CK_SESSION_HANDLE) -> Result<(), Failure> {
        self.call("close", &session.to_string())
    }

    fn certificates(&self, session: CK_SESSION_HANDLE) -> Result<Vec<Vec<u8>>, Failure> {
        self.call("certificates", &session.to_string())
            .map(|()| vec![self.certificates[session as usize - 10].to_vec()])
    }

    fn login_so(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure> {
        self.call("login", &format!("{session} {}", code.as_ptr().1))
    }

    fn init_pin(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure> {
        self.call("init", &format!("{session} {}", code.as_ptr().1))
    }

    fn set_pin(&self, session: CK_SESSION_HANDLE, old: &mut Code, new: &mut Code) -> Result<(), Failure> {
        self.call("set", &format!("{session} {} {}", old.as_ptr().1, new.as_ptr().1))
    }
}

fn helper() -> Helper<Scripted> {
    Helper::new(|| Ok(Scripted::new()))
}

/// Returns a helper that has found the tokens; its calls so far are forgotten.
fn helper_with_tokens() -> Helper<Scripted> {
    let mut helper = helper();
    assert!(helper.find().is_ok());
    helper.module.as_ref().unwrap().calls.borrow_mut().clear();
    helper
}

fn expected(slot: u64, flags: CK_FLAGS, certificate: &[u8]) -> Expected {
    Expected { slot, flags: widened(flags), certificate: certificate.to_vec() }
}

fn calls(helper: &Helper<Scripted>) -> Vec<String> {
    helper.module.as_ref().unwrap().calls.borrow().clone()
}

/// Returns a helper whose token was compared, and where this call fails.
fn helper_in_session(failing: &'static str, result: CK_RV) -> Helper<Scripted> {
    let mut helper = helper_with_tokens();
    assert_eq!(helper.compare(&expected(1, FLAGS, CARD)), Comparison::Same);
    let module = helper.module.as_ref().unwrap();
    module.failing.set((failing, result));
    module.calls.borrow_mut().clear();
    helper
}

fn codes() -> (Code, Code) {
    (Code::new(b"12345678").unwrap(), Code::new(b"4711").unwrap())
}

fn operate(helper: &mut Helper<Scripted>, operation: Operation) -> Option<Done> {
    let (old, new) = codes();
    helper.operate(operation, old, new)
}

#[test]
fn finding_reads_every_token_and_leaves_no_session_open() {
    let mut helper = helper();
    let found = helper.find().unwrap();
    assert_eq!((found.maker.as_str(), found.version), ("maker", (2, 1)));
    let token = |slot: u64, certificate: &[u8]| Token {
        slot,
        flags: widened(FLAGS),
        certificates: vec![certificate.to_vec()],
    };
    assert_eq!(found.tokens, [token(0, b"other"), token(1, CARD)]);
    let of_slot =
        |n| ["open RO".to_owned(), format!("certificates 1{n}"), format!("close 1{n}"), format!("flags {n}")];
    let before = ["initialize", "info", "slots"].map(str::to_owned);
    assert_eq!(calls(&helper), [&before[..], &of_slot(0), &of_slot(1)].concat());
}

#[test]
fn module_that_is_missing_or_fails_is_told() {
    let mut helper = Helper::<Scripted>::new(|| Err(FindError::NoModule));
    assert_eq!(helper.find(), Err(FindError::NoModule));
    for (call, expected) in [("initialize", Some(5)), ("slots", Some(5)), ("info", Some(5)), ("open", None)] {
        let script = Scripted::new();
        script.failing.set((call, CKR_GENERAL_ERROR));
        assert_eq!(show(&script).err().map(widened), expected, "{call}");
        if expected.is_none() {
            assert_eq!(show(&script).unwrap().tokens, [], "a token that cannot be read is none");
        }
    }
}

#[test]
fn session_stays_open_with_the_expected_token_only() {
    let mut helper = helper_with_tokens();
    assert_eq!(helper.compare(&expected(1, FLAGS, CARD)), Comparison::Same);
    assert_eq!(calls(&helper), ["open RW", "flags 1", "certificates 11"]);
    for other in [expected(1, FLAGS + 1, CARD), expected(1, FLAGS, b"x"), expected(0, FLAGS, CARD)] {
        let mut helper = helper_with_tokens();
        assert_eq!(helper.compare(&other), Comparison::Different, "{other:?}");
        assert_eq!(calls(&helper).last().unwrap(), &format!("close 1{}", other.slot));
        assert_eq!(operate(&mut helper, Operation::Unblock), None);
        assert!(!calls(&helper).iter().any(|call| call.starts_with("login")));
    }
}

#[test]
fn token_that_cannot_be_compared_gets_no_code() {
    for (call, result) in [
        ("open", CKR_SESSION_READ_ONLY_EXISTS),
        ("flags", CKR_DEVICE_REMOVED),
        ("certificates", CKR_DEVICE_REMOVED),
    ] {
        let mut helper = helper_with_tokens();
        helper.module.as_ref().unwrap().failing.set((call, result));
        assert_eq!(helper.compare(&expected(1, FLAGS, CARD)), Comparison::Failed(widened(result)));
        assert_eq!(operate(&mut helper, Operation::Unblock), None, "{call}");
        assert!(!calls(&helper).iter().any(|call| call.starts_with("login")));
    }
    let mut without_module = helper();
    assert_eq!(without_module.compare(&expected(1, FLAGS, CARD)), Comparison::Different);
}

#[test]
fn each_operation_makes_its_calls_once() {
    for (operation, call, expected) in [
        (Operation::Unblock, Call::InitPin, &["login 11 8", "init 11 4"][..]),
        (Operation::ChangePin, Call::SetPin, &["set 11 8 4"]),
        (Operation::ChangePuk, Call::SetPin, &["login 11 8", "set 11 8 4"]),
    ] {
        let mut helper = helper_in_session("", CKR_OK);
        assert_eq!(operate(&mut helper, operation), Some(Done { call, result: 0, flags: None }));
        assert_eq!(calls(&helper), expected);
        assert_eq!(operate(&mut helper, operation), None, "the session serves one entry");
        assert_eq!(calls(&helper), expected);
    }
}

#[test]
fn refused_code_is_not_passed_on_again() {
    for (operation, failing, call, calls_made) in [
        (Operation::Unblock, "login", Call::Login, &["login 11 8", "flags 1"][..]),
        (Operation::Unblock, "init", Call::InitPin, &["login 11 8", "init 11 4", "flags 1"]),
        (Operation::ChangePin, "set", Call::SetPin, &["set 11 8 4", "flags 1"]),
        (Operation::ChangePuk, "login", Call::Login, &["login 11 8", "flags 1"]),
        (Operation::ChangePuk, "set", Call::SetPin, &["login 11 8", "set 11 8 4", "flags 1"]),
    ] {
        let mut helper = helper_in_session(failing, CKR_PIN_INCORRECT);
        let done = Done { call, result: widened(CKR_PIN_INCORRECT), flags: Some(widened(FLAGS)) };
        assert_eq!(operate(&mut helper, operation), Some(done));
        assert_eq!(calls(&helper), calls_made);
        assert_eq!(operate(&mut helper, operation), None);
    }
}

#[test]
fn requests_are_answered_until_the_end() {
    let mut helper = helper();
    let mut serve = |request| {
        let mut channel = std::io::Cursor::new(Vec::new());
        let goes_on = helper.serve(request, &mut channel);
        (goes_on, crate::message::read_reply(&mut &channel.into_inner()[..]).ok())
    };
    assert!(matches!(serve(Request::Find), (true, Some(Reply::Found(Ok(_))))));
    let same = (true, Some(Reply::Compared(Comparison::Same)));
    assert_eq!(serve(Request::Compare(expected(1, FLAGS, CARD))), same);
    let operate = || {
        let (old, new) = codes();
        Request::Operate { operation: Operation::Unblock, old, new }
    };
    assert!(matches!(serve(operate()), (true, Some(Reply::Done(_)))));
    assert_eq!(serve(operate()), (false, None));
    assert_eq!(serve(Request::End), (false, None));
}

#[test]
fn module_ends_with_its_session() {
    let helper = helper_in_session("", CKR_OK);
    let calls = helper.module.as_ref().unwrap().calls.clone();
    helper.end();
    assert_eq!(*calls.borrow(), ["close 11", "finalize"]);
}
