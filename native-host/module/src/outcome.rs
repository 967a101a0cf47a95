//! What the results of a module mean for the user.

use crate::message::{Call, Done, Operation};
use crate::number::{narrowed, widened};
use cryptoki_sys::*;
use eimza_session::{CodeKind, CodeState, Error};

/// Returns the state of a code from the flags of a token. They tell no number but one; no flag tells nothing.
pub(crate) fn state(code: CodeKind, flags: u64) -> CodeState {
    let [locked, final_try, count_low] = match code {
        CodeKind::Pin => [CKF_USER_PIN_LOCKED, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_COUNT_LOW],
        CodeKind::Puk => [CKF_SO_PIN_LOCKED, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_COUNT_LOW],
    };
    if has(flags, locked) {
        CodeState::Blocked
    } else if has(flags, final_try) {
        CodeState::Usable(Some(1))
    } else if has(flags, count_low) {
        CodeState::Usable(None)
    } else {
        CodeState::Unknown
    }
}

/// Returns the worse of two things that are known about a code; nothing known is worse than tries that are
/// left, and better than a last one.
pub(crate) fn worse(one: CodeState, other: CodeState) -> CodeState {
    let rank = |state| match state {
        CodeState::Blocked => (0, 0),
        CodeState::Usable(Some(tries @ 0..=1)) => (1, tries),
        CodeState::Unknown => (2, 0),
        CodeState::Usable(None) => (3, 0),
        CodeState::Usable(Some(tries)) => (4, tries),
    };
    std::cmp::min_by_key(one, other, |state| rank(*state))
}

fn has(flags: u64, flag: CK_FLAGS) -> bool {
    flags & widened(flag) != 0
}

/// Returns the outcome of an operation. What a module is not known to say about codes is an unknown outcome:
/// it has received them.
pub(crate) fn outcome(operation: Operation, done: Done) -> Result<(), Error> {
    let is_puk_blocked = operation != Operation::ChangePin
        && done.flags.is_some_and(|flags| state(CodeKind::Puk, flags) == CodeState::Blocked);
    Err(match (done.call, narrowed(done.result)) {
        (Call::InitPin | Call::SetPin, CKR_OK) => return Ok(()),
        // A module may check the old code only when it sets the new one.
        (_, CKR_PIN_INCORRECT) if is_puk_blocked => Error::Blocked,
        (_, CKR_PIN_INCORRECT) => Error::WrongCode(None),
        (_, CKR_PIN_LOCKED) => Error::Blocked,
        (Call::InitPin | Call::SetPin, CKR_PIN_INVALID | CKR_PIN_LEN_RANGE) => Error::NewCodeRefused,
        (_, CKR_FUNCTION_NOT_SUPPORTED | CKR_USER_TYPE_INVALID) => Error::Unsupported,
        _ => Error::OutcomeUnknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worse_state_is_the_one_that_asks_for_more_care() {
        use CodeState::{Blocked, Unknown, Usable};
        let from_worst = [Blocked, Usable(Some(1)), Unknown, Usable(None), Usable(Some(2)), Usable(Some(3))];
        for (index, state) in from_worst.into_iter().enumerate() {
            for other in &from_worst[index..] {
                assert_eq!((worse(state, *other), worse(*other, state)), (state, state));
            }
        }
    }

    fn of(operation: Operation, call: Call, result: CK_RV, flags: Option<CK_FLAGS>) -> Result<(), Error> {
        outcome(operation, Done { call, result: widened(result), flags: flags.map(widened) })
    }

    fn unblock(call: Call, result: CK_RV) -> Result<(), Error> {
        of(Operation::Unblock, call, result, Some(0))
    }

    #[test]
    fn each_result_of_unblocking_has_its_problem() {
        use Call::{InitPin, Login};
        for (call, result, expected) in [
            (InitPin, CKR_OK, Ok(())),
            (Login, CKR_PIN_INCORRECT, Err(Error::WrongCode(None))),
            (InitPin, CKR_PIN_INCORRECT, Err(Error::WrongCode(None))),
            (Login, CKR_PIN_LOCKED, Err(Error::Blocked)),
            (InitPin, CKR_PIN_LOCKED, Err(Error::Blocked)),
            (InitPin, CKR_PIN_INVALID, Err(Error::NewCodeRefused)),
            (InitPin, CKR_PIN_LEN_RANGE, Err(Error::NewCodeRefused)),
            (Login, CKR_PIN_INVALID, Err(Error::OutcomeUnknown)),
            (Login, CKR_PIN_LEN_RANGE, Err(Error::OutcomeUnknown)),
            (Login, CKR_FUNCTION_NOT_SUPPORTED, Err(Error::Unsupported)),
            (InitPin, CKR_FUNCTION_NOT_SUPPORTED, Err(Error::Unsupported)),
            (Login, CKR_USER_TYPE_INVALID, Err(Error::Unsupported)),
            (InitPin, CKR_USER_TYPE_INVALID, Err(Error::Unsupported)),
            (Login, CKR_OK, Err(Error::OutcomeUnknown)), // the new PIN was never passed
            (Login, CKR_GENERAL_ERROR, Err(Error::OutcomeUnknown)),
            (InitPin, CKR_DEVICE_REMOVED, Err(Error::OutcomeUnknown)),
        ] {
            assert_eq!(unblock(call, result), expected, "{call:?} {result:#x}");
        }
    }

    #[test]
    fn wrong_puk_is_blocked_only_by_the_flag_of_the_puk() {
        let wrong = |operation, flags| of(operation, Call::Login, CKR_PIN_INCORRECT, flags);
        for operation in [Operation::Unblock, Operation::ChangePuk] {
            assert_eq!(wrong(operation, Some(CKF_SO_PIN_LOCKED)), Err(Error::Blocked));
            for others in [None, Some(0), Some(CKF_USER_PIN_LOCKED | CKF_SO_PIN_FINAL_TRY)] {
                assert_eq!(wrong(operation, others), Err(Error::WrongCode(None)));
            }
        }
        assert_eq!(wrong(Operation::ChangePin, Some(CKF_SO_PIN_LOCKED)), Err(Error::WrongCode(None)));
    }

    #[test]
    fn changes_have_the_same_problems() {
        for operation in [Operation::ChangePin, Operation::ChangePuk] {
            let of = |result| of(operation, Call::SetPin, result, None);
            assert_eq!(of(CKR_OK), Ok(()));
            assert_eq!(of(CKR_PIN_INCORRECT), Err(Error::WrongCode(None)));
            assert_eq!(of(CKR_PIN_LOCKED), Err(Error::Blocked));
            assert_eq!(of(CKR_PIN_LEN_RANGE), Err(Error::NewCodeRefused));
            assert_eq!(of(CKR_FUNCTION_FAILED), Err(Error::OutcomeUnknown));
        }
    }

    #[test]
    fn flags_tell_the_state_of_their_own_code() {
        for (flags, puk, pin) in [
            (CKF_SO_PIN_LOCKED | CKF_SO_PIN_FINAL_TRY, CodeState::Blocked, CodeState::Unknown),
            (CKF_SO_PIN_FINAL_TRY | CKF_SO_PIN_COUNT_LOW, CodeState::Usable(Some(1)), CodeState::Unknown),
            (CKF_SO_PIN_COUNT_LOW, CodeState::Usable(None), CodeState::Unknown),
            (CKF_USER_PIN_LOCKED, CodeState::Unknown, CodeState::Blocked),
            (CKF_USER_PIN_FINAL_TRY, CodeState::Unknown, CodeState::Usable(Some(1))),
            (CKF_USER_PIN_COUNT_LOW, CodeState::Unknown, CodeState::Usable(None)),
            (CKF_TOKEN_INITIALIZED, CodeState::Unknown, CodeState::Unknown),
        ] {
            assert_eq!(
                [state(CodeKind::Puk, widened(flags)), state(CodeKind::Pin, widened(flags))],
                [puk, pin]
            );
        }
    }
}
