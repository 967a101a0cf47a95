//! Maps errors of PC/SC and of commands to those of sessions.

use crate::service;
use eimza_card::{CardError, CodeError, ControlAnswer, PadError, TransportError};
use eimza_session::Error;
use std::time::Duration;

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

/// No user types a code in so short a time: a reader that fails sooner has not asked for one.
const SHORTEST_ENTRY: Duration = Duration::from_millis(500);

/// Interprets what a reader answers to taking codes, after this time: a response, a refusal, or an error after which
/// it is not known whether the card received a code. Drivers report a reader that does not have the announced
/// feature in the same way as one that fails during the entry.
pub(crate) fn entry_answer(
    answer: Result<Vec<u8>, pcsc::Error>,
    elapsed: Duration,
) -> Result<ControlAnswer, TransportError> {
    use pcsc::Error as Pcsc;
    match answer {
        // The reader's own status word: a parameter is not supported (PC/SC part 10, section 2.5).
        Ok(response) if response == [0x64, 0x80] && elapsed < SHORTEST_ENTRY => Ok(ControlAnswer::Refused),
        Ok(response) if response.len() >= 2 => Ok(ControlAnswer::Response(response)),
        Err(Pcsc::UnsupportedFeature | Pcsc::ReaderUnsupported | Pcsc::InvalidParameter) => {
            Ok(ControlAnswer::Refused)
        }
        other => match other.map_or_else(connected_error, |_| TransportError::Silent) {
            TransportError::Silent if elapsed < SHORTEST_ENTRY => Ok(ControlAnswer::Refused),
            error => Err(error),
        },
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
        CodeError::Pad(PadError::Refused | PadError::Stopped) => Error::ReaderFailed,
        CodeError::Pad(PadError::Cancelled) => Error::Cancelled,
        CodeError::Pad(PadError::TimedOut) => Error::EntryTimedOut,
        CodeError::Pad(PadError::Malformed) => Error::MalformedEntries,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_refuses_codes_by_its_error_or_sooner_than_anybody_can_type() {
        use pcsc::Error as Pcsc;
        let (soon, late) = (Duration::from_millis(20), Duration::from_secs(5));
        let (refused, unknown) = (Ok(ControlAnswer::Refused), Err(TransportError::Silent));
        for (answer, elapsed, expected) in [
            (Ok(vec![0x90, 0x00]), soon, Ok(ControlAnswer::Response(vec![0x90, 0x00]))),
            (Ok(vec![0x64, 0x80]), soon, refused.clone()),
            (Ok(vec![0x64, 0x80]), late, Ok(ControlAnswer::Response(vec![0x64, 0x80]))),
            (Ok(vec![0x64, 0x01]), soon, Ok(ControlAnswer::Response(vec![0x64, 0x01]))),
            (Ok(vec![]), soon, refused.clone()),
            (Ok(vec![0x90]), late, unknown.clone()),
            (Err(Pcsc::UnsupportedFeature), late, refused.clone()),
            (Err(Pcsc::InvalidParameter), late, refused.clone()),
            (Err(Pcsc::NotTransacted), soon, refused),
            (Err(Pcsc::NotTransacted), late, unknown),
            (Err(Pcsc::RemovedCard), soon, Err(TransportError::Removed)),
            (Err(Pcsc::ReaderUnavailable), soon, Err(TransportError::ReaderGone)),
        ] {
            assert_eq!(entry_answer(answer.clone(), elapsed), expected, "{answer:?} {elapsed:?}");
        }
    }

    #[test]
    fn refusals_of_the_service_are_refusals() {
        for refusal in [pcsc::Error::SecurityViolation, pcsc::Error::NoAccess] {
            assert_eq!(access_error(refusal), Error::ServiceRefused, "{refusal:?}");
        }
    }
}
