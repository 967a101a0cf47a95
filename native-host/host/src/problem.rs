//! What the card crate reports, in the words of the protocol.

use crate::operation::Operation;
use eimza_card::{CodeError, CodeName, LinkError, Refusal};
use eimza_protocol::Problem;

/// For a card that did not answer.
pub fn of_link(error: LinkError) -> Problem {
    match error {
        LinkError::Removed => Problem::CardRemoved,
        LinkError::Changed => Problem::CardChanged,
        LinkError::Silent => Problem::CardSilent,
        LinkError::Busy => Problem::CardBusy,
        LinkError::ReaderGone => Problem::ReaderGone,
        LinkError::ServiceGone => Problem::NoService,
    }
}

/// For a card that is not one of ours.
pub fn of_refusal(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotAkis => Problem::NotAkis,
        Refusal::IdentityCard => Problem::IdentityCard,
        Refusal::NoApplication => Problem::NoApplication,
        Refusal::Unrecognised => Problem::Unrecognised,
        Refusal::NoPuk => Problem::NoPuk,
        Refusal::SeveralPins => Problem::SeveralPins,
        Refusal::Failed(status) => Problem::CardFailed { status: status.to_string() },
        Refusal::Link(error) => of_link(error),
    }
}

/// For codes that the card did not take, or of which it is not known.
pub fn of_code(error: CodeError, operation: Operation) -> Problem {
    match (error, operation) {
        (CodeError::Wrong(tries), Operation::Change(CodeName::Pin)) => Problem::PinWrong { tries },
        (CodeError::Wrong(tries), _) => Problem::PukWrong { tries },
        (CodeError::Blocked, Operation::Change(CodeName::Pin)) => Problem::PinBlocked,
        (CodeError::Blocked, _) => Problem::PukBlocked,
        (CodeError::NewRefused, Operation::Change(CodeName::Puk)) => Problem::PukRefused,
        (CodeError::NewRefused, _) => Problem::PinRefused,
        (CodeError::NotOffered, Operation::Unlock) => Problem::UnlockUnsupported,
        (CodeError::NotOffered, Operation::Change(_)) => Problem::ChangeUnsupported,
        (CodeError::Failed(status), _) => Problem::CardFailed { status: status.to_string() },
        (CodeError::StateChanged, _) => Problem::CardChanged,
        (CodeError::Link(error), _) => of_link(error),
        (CodeError::Unanswered(_), _) => Problem::OutcomeUnknown,
    }
}
