//! Maps the errors of cards, readers, prompts and operations to the problems of the protocol. Used where
//! results leave the host: in messages, in the output of commands, and in diagnostics.

use crate::operation::Error as OperationError;
use eimza_prompt::Error as PromptError;
use eimza_protocol::Problem;
use eimza_session::{CodeKind, Error as SessionError, Operation};

/// Maps an error of a reader or card that received no code.
pub fn session_problem(error: SessionError) -> Problem {
    match error {
        SessionError::NoService => Problem::NoService,
        SessionError::ServiceRefused => Problem::ServiceRefused,
        SessionError::SocketDenied { path } => Problem::ServiceSocketDenied { path },
        SessionError::NoReader | SessionError::ServiceAwaitsReader => Problem::NoReader,
        SessionError::ReaderGone => Problem::ReaderGone,
        SessionError::ReaderFailed => Problem::ReaderFailed,
        SessionError::Exhausted => Problem::Busy,
        SessionError::NoCard => Problem::NoCard,
        SessionError::CardSilent => Problem::CardSilent,
        SessionError::CardBusy => Problem::CardBusy,
        SessionError::CardRemoved => Problem::CardRemoved,
        SessionError::CardChanged => Problem::CardChanged,
        SessionError::CardFailed(status) => Problem::CardFailed { status: format!("{status:04X}") },
        SessionError::UnsupportedCard => Problem::NotAkis,
        SessionError::IdentityCard => Problem::IdentityCard,
        SessionError::NoApplication => Problem::NoApplication,
        SessionError::Unrecognised => Problem::Unrecognised,
        SessionError::NoPuk => Problem::NoPuk,
        SessionError::SeveralPins => Problem::SeveralPins,
        SessionError::OutcomeUnknown => Problem::OutcomeUnknown,
        SessionError::Cancelled => Problem::Cancelled,
        SessionError::EntryTimedOut => Problem::TimedOut,
        SessionError::MalformedEntries => Problem::Malformed,
        // What these mean depends on the operation, see `code_problem`.
        SessionError::WrongCode(_)
        | SessionError::Blocked
        | SessionError::NewCodeRefused
        | SessionError::Unsupported => Problem::Internal,
    }
}

/// Maps an error of a prompt.
pub fn prompt_problem(error: PromptError) -> Problem {
    match error {
        PromptError::Missing => Problem::PromptMissing,
        PromptError::NoDisplay => Problem::NoDisplay,
        PromptError::Failed => Problem::PromptFailed,
        PromptError::Cancelled => Problem::Cancelled,
        PromptError::TimedOut => Problem::TimedOut,
        PromptError::Internal => Problem::Internal,
    }
}

impl From<OperationError> for Problem {
    fn from(error: OperationError) -> Self {
        match error {
            OperationError::Card(error) => session_problem(error),
            OperationError::Prompt(error) => prompt_problem(error),
            OperationError::Code(operation, error) => code_problem(operation, error),
            OperationError::SeveralCards => Self::SeveralCards,
            OperationError::NotChangeable => Self::ChangeUnsupported,
            OperationError::MalformedEntries => Self::Malformed,
            OperationError::Cancelled => Self::Cancelled,
            OperationError::Internal => Self::Internal,
        }
    }
}

/// Maps an error of an operation on a card.
fn code_problem(operation: Operation, error: SessionError) -> Problem {
    match (error, operation) {
        (SessionError::WrongCode(tries), Operation::Change(CodeKind::Pin)) => Problem::PinWrong { tries },
        (SessionError::WrongCode(tries), _) => Problem::PukWrong { tries },
        (SessionError::Blocked, Operation::Change(CodeKind::Pin)) => Problem::PinBlocked,
        (SessionError::Blocked, _) => Problem::PukBlocked,
        (SessionError::NewCodeRefused, Operation::Change(CodeKind::Puk)) => Problem::PukRefused,
        (SessionError::NewCodeRefused, _) => Problem::PinRefused,
        (SessionError::Unsupported, Operation::Unlock) => Problem::UnlockUnsupported,
        (SessionError::Unsupported, Operation::Change(_)) => Problem::ChangeUnsupported,
        (error, _) => session_problem(error),
    }
}
