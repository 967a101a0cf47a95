//! Maps errors of PC/SC and of commands to those of sessions.

use crate::code_meaning::{Code, Meaning};
use crate::service;
use eimza_card::{CardError, CodeError, ControlAnswer, PadError, TransportError};
use eimza_session::Error;
use std::time::Duration;

/// Maps an error of connecting to the service.
pub(crate) fn establish_error(code: Code) -> Error {
    match code.meaning() {
        Meaning::ServiceStopped
        | Meaning::ConnectionLost
        | Meaning::ServiceRefused
        | Meaning::NotRedirected
        | Meaning::Exhausted
        | Meaning::NoReader => access_error(code),
        // Whatever else it says, no reader and no card is known to be at fault.
        _ => Error::NoService,
    }
}

/// Maps an error of listing readers or connecting to a card.
pub(crate) fn access_error(code: Code) -> Error {
    match code.meaning() {
        Meaning::ServiceStopped => service::stopped_reason(),
        Meaning::ConnectionLost | Meaning::UnknownCard => service::lost_reason(),
        Meaning::ServiceRefused | Meaning::NotRedirected => Error::ServiceRefused,
        Meaning::Exhausted => Error::Exhausted,
        Meaning::NoReader => Error::NoReader,
        Meaning::ReaderGone => Error::ReaderGone,
        Meaning::NoCard => Error::NoCard,
        Meaning::CardBusy => Error::CardBusy,
        Meaning::CardSilent => Error::CardSilent,
        Meaning::ReaderFailed | Meaning::Unsupported | Meaning::CardReset | Meaning::TimedOut => {
            Error::ReaderFailed
        }
    }
}

/// Maps an error on a connected card to that of its transport.
pub(crate) fn connected_error(code: Code) -> TransportError {
    match code.meaning() {
        Meaning::NoCard => TransportError::Removed,
        // The card in the reader is not, or not any longer, the one that was connected to.
        Meaning::CardReset | Meaning::UnknownCard => TransportError::Changed,
        Meaning::ReaderGone | Meaning::NoReader => TransportError::ReaderGone,
        Meaning::ServiceStopped | Meaning::ConnectionLost | Meaning::NotRedirected => {
            service::error_of_connected_card()
        }
        Meaning::CardBusy => TransportError::Busy,
        Meaning::CardSilent | Meaning::TimedOut => TransportError::Silent,
        Meaning::ServiceRefused => TransportError::Refused,
        Meaning::Exhausted => TransportError::Exhausted,
        Meaning::ReaderFailed | Meaning::Unsupported => TransportError::ReaderFailed,
    }
}

/// No user types a code in so short a time: a reader that fails sooner has not asked for one.
const SHORTEST_ENTRY: Duration = Duration::from_millis(500);

/// Interprets what a reader answers to taking codes, after this time: a response, a refusal, or an error after which
/// it is not known whether the card received a code. Drivers report a reader that does not have the announced
/// feature in the same way as one that fails during the entry.
pub(crate) fn entry_answer(
    answer: Result<Vec<u8>, Code>,
    elapsed: Duration,
) -> Result<ControlAnswer, TransportError> {
    match answer {
        // The reader's own status word: a parameter is not supported (PC/SC part 10, section 2.5).
        Ok(response) if response == [0x64, 0x80] && elapsed < SHORTEST_ENTRY => Ok(ControlAnswer::Refused),
        Ok(response) if response.len() >= 2 => Ok(ControlAnswer::Response(response)),
        // That of the service. One of the driver may come after the entry.
        Err(code) if code.is_of_service() && code.meaning() == Meaning::Unsupported => {
            Ok(ControlAnswer::Refused)
        }
        other => match other.map_or_else(connected_error, |_| TransportError::Silent) {
            TransportError::Silent
            | TransportError::ReaderFailed
            | TransportError::Refused
            | TransportError::Exhausted
                if elapsed < SHORTEST_ENTRY =>
            {
                Ok(ControlAnswer::Refused)
            }
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
        TransportError::ReaderFailed => Error::ReaderFailed,
        TransportError::ServiceGone => Error::NoService,
        TransportError::Refused => Error::ServiceRefused,
        TransportError::Exhausted => Error::Exhausted,
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
        let (soon, late) = (Duration::from_millis(20), Duration::from_secs(5));
        let (refused, unknown) = (Ok(ControlAnswer::Refused), Err(TransportError::Silent));
        let failed = Err(TransportError::ReaderFailed);
        for (answer, elapsed, expected) in [
            (Ok(vec![0x90, 0x00]), soon, Ok(ControlAnswer::Response(vec![0x90, 0x00]))),
            (Ok(vec![0x64, 0x80]), soon, refused.clone()),
            (Ok(vec![0x64, 0x80]), late, Ok(ControlAnswer::Response(vec![0x64, 0x80]))),
            (Ok(vec![0x64, 0x01]), soon, Ok(ControlAnswer::Response(vec![0x64, 0x01]))),
            (Ok(vec![]), soon, refused.clone()),
            (Ok(vec![0x90]), late, unknown.clone()),
            (Err(UNSUPPORTED_FEATURE), late, refused.clone()),
            (Err(Code(0x8010_0004)), late, refused.clone()),
            (Err(Code(0x0000_0001)), soon, refused.clone()),
            (Err(Code(0x0000_0032)), soon, refused.clone()),
            (Err(Code(0x0000_0057)), soon, refused.clone()),
            (Err(Code(0x0000_0001)), late, failed.clone()),
            (Err(Code(0x0000_0032)), late, failed.clone()),
            (Err(Code(0x0000_0057)), late, failed.clone()),
            (Err(Code(0x8010_0016)), soon, refused.clone()),
            (Err(Code(0x8010_0016)), late, unknown),
            (Err(Code(0x0000_0005)), soon, refused.clone()),
            (Err(Code(0x0000_0005)), late, Err(TransportError::Refused)),
            (Err(Code(0x0000_001F)), soon, refused),
            (Err(Code(0x0000_001F)), late, failed),
            (Err(Code(0x8010_0069)), soon, Err(TransportError::Removed)),
            (Err(Code(0x8010_0017)), soon, Err(TransportError::ReaderGone)),
        ] {
            assert_eq!(entry_answer(answer.clone(), elapsed), expected, "{answer:?} {elapsed:?}");
        }
    }

    /// The code for a request that a driver does not know.
    const UNSUPPORTED_FEATURE: Code = Code(if cfg!(windows) { 0x8010_0022 } else { 0x8010_001F });

    #[test]
    fn refusals_of_the_service_are_refusals() {
        for refusal in [0x8010_006A, 0x8010_0027, 0x0005, 0x006D] {
            assert_eq!(establish_error(Code(refusal)), Error::ServiceRefused, "{refusal:08X}");
            assert_eq!(access_error(Code(refusal)), Error::ServiceRefused, "{refusal:08X}");
        }
    }

    #[test]
    fn service_that_fails_in_any_other_way_is_no_missing_reader() {
        for code in [0x8010_0023, 0x8010_0001, 0x0006, 0x06BA, 0x001F, 0x7777] {
            assert_eq!(establish_error(Code(code)), Error::NoService, "{code:08X}");
        }
        for code in [0x8010_0006, 0x8010_0031, 0x0008, 0x06BB] {
            assert_eq!(establish_error(Code(code)), Error::Exhausted, "{code:08X}");
        }
    }

    #[test]
    fn driver_tells_a_reader_from_its_card() {
        for (code, access, connected) in [
            (0x0006_u32, None, None),
            (0x001F, Some(Error::ReaderFailed), Some(TransportError::ReaderFailed)),
            (0x0016, Some(Error::ReaderFailed), Some(TransportError::ReaderFailed)),
            (0x045D, Some(Error::ReaderFailed), Some(TransportError::ReaderFailed)),
            (0x7777, Some(Error::ReaderFailed), Some(TransportError::ReaderFailed)),
            (0x0079, Some(Error::CardSilent), Some(TransportError::Silent)),
            (0x0461, Some(Error::CardSilent), Some(TransportError::Silent)),
            (0x048F, Some(Error::ReaderGone), Some(TransportError::ReaderGone)),
            (0x0651, Some(Error::ReaderGone), Some(TransportError::ReaderGone)),
            (0x0458, Some(Error::NoCard), Some(TransportError::Removed)),
            (0x8010_0068, None, Some(TransportError::Changed)),
            (0x8010_0069, Some(Error::NoCard), Some(TransportError::Removed)),
            (0x8010_000B, Some(Error::CardBusy), Some(TransportError::Busy)),
        ] {
            let code = Code(code);
            assert!(access.is_none_or(|expected| access_error(code) == expected), "{code:?}");
            assert!(connected.is_none_or(|expected| connected_error(code) == expected), "{code:?}");
        }
    }

    #[test]
    fn refusal_or_lack_of_memory_with_a_connected_card_is_no_failed_reader() {
        for (codes, expected) in [
            (&[0x8010_0027, 0x8010_006A, 0x0005][..], Error::ServiceRefused),
            (&[0x8010_0006, 0x8010_0031, 0x0008, 0x05AA, 0x06BB], Error::Exhausted),
        ] {
            for code in codes {
                assert_eq!(transport_error(connected_error(Code(*code))), expected, "{code:08X}");
            }
        }
    }

    /// A handle that the service does not know any longer says nothing about the card: the service was restarted, or
    /// stopped with its last reader.
    #[test]
    fn stale_handle_is_no_changed_card() {
        for code in [0x0006, 0x8010_001D, 0x8010_001E, 0x8010_0013, 0x06BA, 0x06BE, 0x006D] {
            let error = connected_error(Code(code));
            assert!(matches!(error, TransportError::ServiceGone | TransportError::ReaderGone), "{code:08X}");
        }
    }
}
