//! Maps errors of PC/SC and of commands to those of sessions.

use crate::service;
use eimza_card::{CardError, CodeError, TransportError};
use eimza_session::Error;

/// Maps an error of listing readers or connecting to a card.
pub(crate) fn access_error(error: pcsc::Error) -> Error {
    use pcsc::Error as Pcsc;
    match error {
        Pcsc::NoService | Pcsc::ServiceStopped | Pcsc::CommError => service::unavailable_reason(),
        Pcsc::SecurityViolation | Pcsc::NoAccess => Error::ServiceRefused,
        Pcsc::NoReadersAvailable => Error::NoReader,
        Pcsc::UnknownReader | Pcsc::ReaderUnavailable => Error::ReaderGone,
        Pcsc::NoSmartcard | Pcsc::RemovedCard => Error::NoCard,
        Pcsc::SharingViolation => Error::CardBusy,
        Pcsc::UnresponsiveCard | Pcsc::UnpoweredCard | Pcsc::UnsupportedCard | Pcsc::ProtoMismatch => {
            Error::CardSilent
        }
        _ => Error::ReaderFailed,
    }
}

/// Maps an error on a connected card to that of its transport.
pub(crate) fn connected_error(error: pcsc::Error) -> TransportError {
    use pcsc::Error as Pcsc;
    match error {
        Pcsc::NoSmartcard | Pcsc::RemovedCard => TransportError::Removed,
        // The handle is no longer valid: the card in the reader is not the one that was connected to.
        Pcsc::ResetCard | Pcsc::InvalidHandle | Pcsc::InvalidValue => TransportError::Changed,
        Pcsc::ReaderUnavailable | Pcsc::UnknownReader | Pcsc::NoReadersAvailable => {
            TransportError::ReaderGone
        }
        Pcsc::NoService | Pcsc::ServiceStopped | Pcsc::CommError => TransportError::ServiceGone,
        Pcsc::SharingViolation => TransportError::Busy,
        _ => TransportError::Silent,
    }
}

/// Maps an error of a transport.
pub(crate) fn transport_error(error: TransportError) -> Error {
    match error {
        TransportError::Removed => Error::CardRemoved,
        TransportError::Changed => Error::CardChanged,
        TransportError::Silent => Error::CardSilent,
        TransportError::Busy => Error::CardBusy,
        TransportError::ReaderGone => Error::ReaderGone,
        TransportError::ServiceGone => Error::NoService,
    }
}

/// Maps an error of opening a card.
pub(crate) fn card_error(error: CardError) -> Error {
    match error {
        CardError::UnsupportedCard => Error::UnsupportedCard,
        CardError::IdentityCard => Error::IdentityCard,
        CardError::Unrecognised => Error::Unrecognised,
        CardError::NoApplication => Error::NoApplication,
        CardError::NoPuk => Error::NoPuk,
        CardError::SeveralPins => Error::SeveralPins,
        CardError::Failed(status) => Error::CardFailed(status.into()),
        CardError::Transport(error) => transport_error(error),
    }
}

/// Maps an error of a command with codes.
pub(crate) fn code_error(error: CodeError) -> Error {
    match error {
        CodeError::Wrong(tries) => Error::WrongCode(tries),
        CodeError::Blocked => Error::Blocked,
        CodeError::NewCodeRefused => Error::NewCodeRefused,
        CodeError::Unsupported => Error::Unsupported,
        CodeError::Failed(status) => Error::CardFailed(status.into()),
        CodeError::StateChanged => Error::CardChanged,
        CodeError::Transport(error) => transport_error(error),
        CodeError::OutcomeUnknown(_) => Error::OutcomeUnknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_of_the_service_are_refusals() {
        for refusal in [pcsc::Error::SecurityViolation, pcsc::Error::NoAccess] {
            assert_eq!(access_error(refusal), Error::ServiceRefused, "{refusal:?}");
        }
    }
}
