//! What the card crate reports, in the words of the protocol.

use crate::operation::Operation;
use eimza_card::{CardError, CodeError, CodeKind, TransportError};
use eimza_protocol::Problem;

/// For a card that did not answer.
pub fn of_link(error: TransportError) -> Problem {
    match error {
        TransportError::Removed => Problem::CardRemoved,
        TransportError::Changed => Problem::CardChanged,
        TransportError::Silent => Problem::CardSilent,
        TransportError::Busy => Problem::CardBusy,
        TransportError::ReaderGone => Problem::ReaderGone,
        TransportError::ServiceGone => Problem::NoService,
    }
}

/// For a card that is not one of ours.
pub fn of_refusal(refusal: CardError) -> Problem {
    match refusal {
        CardError::UnsupportedCard => Problem::NotAkis,
        CardError::IdentityCard => Problem::IdentityCard,
        CardError::NoApplication => Problem::NoApplication,
        CardError::Unrecognised => Problem::Unrecognised,
        CardError::NoPuk => Problem::NoPuk,
        CardError::SeveralPins => Problem::SeveralPins,
        CardError::Failed(status) => Problem::CardFailed { status: status.to_string() },
        CardError::Transport(error) => of_link(error),
    }
}

/// For codes that the card did not take, or of which it is not known.
pub fn of_code(error: CodeError, operation: Operation) -> Problem {
    match (error, operation) {
        (CodeError::Wrong(tries), Operation::Change(CodeKind::Pin)) => Problem::PinWrong { tries },
        (CodeError::Wrong(tries), _) => Problem::PukWrong { tries },
        (CodeError::Blocked, Operation::Change(CodeKind::Pin)) => Problem::PinBlocked,
        (CodeError::Blocked, _) => Problem::PukBlocked,
        (CodeError::NewCodeRefused, Operation::Change(CodeKind::Puk)) => Problem::PukRefused,
        (CodeError::NewCodeRefused, _) => Problem::PinRefused,
        (CodeError::Unsupported, Operation::Unlock) => Problem::UnlockUnsupported,
        (CodeError::Unsupported, Operation::Change(_)) => Problem::ChangeUnsupported,
        (CodeError::Failed(status), _) => Problem::CardFailed { status: status.to_string() },
        (CodeError::StateChanged, _) => Problem::CardChanged,
        (CodeError::Transport(error), _) => of_link(error),
        (CodeError::OutcomeUnknown(_), _) => Problem::OutcomeUnknown,
    }
}
