//! Maps the errors of cards, readers, prompts and operations to the problems of the protocol. Used where
//! results leave the host: in messages, in the output of commands, and in diagnostics.

use crate::operation::{Error as OperationError, Operation};
use eimza_card::{CardError, CodeError, CodeKind, TransportError};
use eimza_pcsc::Error as PcscError;
use eimza_prompt::Error as PromptError;
use eimza_protocol::Problem;

/// Maps an error of listing readers or connecting to a card.
pub fn pcsc_problem(error: PcscError) -> Problem {
    match error {
        PcscError::NoService => Problem::NoService,
        PcscError::ServiceRefused => Problem::ServiceRefused,
        PcscError::SocketDenied => Problem::ServiceSocketDenied { path: service_socket() },
        PcscError::NoReader => Problem::NoReader,
        PcscError::UnknownReader => Problem::ReaderGone,
        PcscError::ReaderFailed => Problem::ReaderFailed,
        PcscError::NoCard => Problem::NoCard,
        PcscError::UnresponsiveCard => Problem::CardSilent,
        PcscError::CardBusy => Problem::CardBusy,
        PcscError::NoThread => Problem::Busy,
    }
}

#[cfg(not(windows))]
fn service_socket() -> String {
    eimza_pcsc::socket().display().to_string()
}

/// Windows has no such error.
#[cfg(windows)]
fn service_socket() -> String {
    String::new()
}

/// Maps an error of opening a card.
pub fn card_problem(error: CardError) -> Problem {
    match error {
        CardError::UnsupportedCard => Problem::NotAkis,
        CardError::IdentityCard => Problem::IdentityCard,
        CardError::NoApplication => Problem::NoApplication,
        CardError::Unrecognised => Problem::Unrecognised,
        CardError::NoPuk => Problem::NoPuk,
        CardError::SeveralPins => Problem::SeveralPins,
        CardError::Failed(status) => Problem::CardFailed { status: status.to_string() },
        CardError::Transport(error) => transport_problem(error),
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
            OperationError::Pcsc(error) => pcsc_problem(error),
            OperationError::Card(error) => card_problem(error),
            OperationError::Transport(error) => transport_problem(error),
            OperationError::Prompt(error) => prompt_problem(error),
            OperationError::Code(operation, error) => code_problem(operation, error),
            OperationError::SeveralCards => Self::SeveralCards,
            OperationError::NotChangeable => Self::ChangeUnsupported,
            OperationError::MalformedEntries => Self::Malformed,
            OperationError::Cancelled => Self::Cancelled,
            OperationError::CardChanged => Self::CardChanged,
            OperationError::Internal => Self::Internal,
        }
    }
}

/// Maps an error on a connected card.
fn transport_problem(error: TransportError) -> Problem {
    match error {
        TransportError::Removed => Problem::CardRemoved,
        TransportError::Changed => Problem::CardChanged,
        TransportError::Silent => Problem::CardSilent,
        TransportError::Busy => Problem::CardBusy,
        TransportError::ReaderGone => Problem::ReaderGone,
        TransportError::ServiceGone => Problem::NoService,
    }
}

/// Maps an error of a command with codes.
fn code_problem(operation: Operation, error: CodeError) -> Problem {
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
        (CodeError::Transport(error), _) => transport_problem(error),
        (CodeError::OutcomeUnknown(_), _) => Problem::OutcomeUnknown,
    }
}
