//! The names that a card report gives to states and errors. Cardholders send reports in, so the names stay
//! the same when a variant is renamed.

use crate::{CardError, CodeState, StatusWord, TransportError};
use alloc::borrow::Cow;
use alloc::format;

/// Returns the name of the reason why a card was not opened.
pub(crate) fn card_error_name(error: CardError) -> Cow<'static, str> {
    match error {
        CardError::UnsupportedCard => "NotAkis".into(),
        CardError::IdentityCard => "IdentityCard".into(),
        CardError::Unrecognised => "Unrecognised".into(),
        CardError::NoApplication => "NoApplication".into(),
        CardError::NoPuk => "NoPuk".into(),
        CardError::SeveralPins => "SeveralPins".into(),
        CardError::Failed(status) => format!("Failed({})", status_name(status)).into(),
        CardError::Transport(error) => format!("Link({})", transport_error_name(error)).into(),
    }
}

/// Returns the name of the reason why a card returned no response.
pub(crate) fn transport_error_name(error: TransportError) -> &'static str {
    match error {
        TransportError::Removed => "Removed",
        TransportError::Changed => "Changed",
        TransportError::Silent => "Silent",
        TransportError::Busy => "Busy",
        TransportError::ReaderGone => "ReaderGone",
        TransportError::ReaderFailed => "ReaderFailed",
        TransportError::ServiceGone => "ServiceGone",
        TransportError::Refused => "Refused",
        TransportError::Exhausted => "Exhausted",
    }
}

/// Returns the name of a code's state, with the tries left.
pub(crate) fn code_state_name(state: CodeState) -> Cow<'static, str> {
    match state {
        CodeState::Usable(Some(tries)) => format!("Usable(Some({tries}))").into(),
        CodeState::Usable(None) => "Usable(None)".into(),
        CodeState::Blocked => "Blocked".into(),
        CodeState::Unknown => "Unknown".into(),
    }
}

/// Returns the name of a status word, with its variable part in decimal digits.
fn status_name(status: StatusWord) -> Cow<'static, str> {
    match status {
        StatusWord::Ok => "Ok".into(),
        StatusWord::MoreData(length) => format!("MoreData({length})").into(),
        StatusWord::EndOfFile => "EndOfFile".into(),
        StatusWord::WrongCode(tries) => format!("WrongCode({tries})").into(),
        StatusWord::WrongCodeNoCounter => "WrongCodeUncounted".into(),
        StatusWord::WrongLength => "WrongLength".into(),
        StatusWord::SecurityStatusNotSatisfied => "SecurityStatusNotSatisfied".into(),
        StatusWord::CodeBlocked => "CodeBlocked".into(),
        StatusWord::CodeNotUsable => "CodeNotUsable".into(),
        StatusWord::ConditionsNotSatisfied => "ConditionsNotSatisfied".into(),
        StatusWord::WrongData => "WrongData".into(),
        StatusWord::FunctionNotSupported => "FunctionNotSupported".into(),
        StatusWord::FileNotFound => "FileNotFound".into(),
        StatusWord::WrongParameters => "WrongParameters".into(),
        StatusWord::ReferenceNotFound => "ReferenceNotFound".into(),
        StatusWord::WrongOffset => "WrongOffset".into(),
        StatusWord::RepeatWithLength(length) => format!("RepeatWithLength({length})").into(),
        StatusWord::UnknownInstruction => "UnknownInstruction".into(),
        StatusWord::UnknownClass => "UnknownClass".into(),
        StatusWord::Other(word) => format!("Other({word})").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_renamed_variants_stay() {
        for (error, name) in [
            (CardError::UnsupportedCard, "NotAkis"),
            (CardError::Transport(TransportError::Silent), "Link(Silent)"),
            (CardError::Failed(StatusWord::WrongCodeNoCounter), "Failed(WrongCodeUncounted)"),
            (CardError::Failed(StatusWord::Other(0x6F00)), "Failed(Other(28416))"),
        ] {
            assert_eq!(card_error_name(error), name);
        }
        assert_eq!(code_state_name(CodeState::Usable(Some(3))), "Usable(Some(3))");
    }
}
