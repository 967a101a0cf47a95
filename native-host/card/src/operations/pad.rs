//! Unblocking and changing codes that the user types on the keys of the reader (PC/SC part 10).
//!
//! The commands are those of the other ways: VERIFY and RESET RETRY COUNTER, or CHANGE REFERENCE DATA. The
//! combined form of RESET RETRY COUNTER is not used, because the user would have to type the PUK again.

use super::CodeError;
use super::change::{CHANGE_REFERENCE_DATA, ChangeFormat};
use super::pad_error::PadError;
use super::unblock::{RESET_RETRY_COUNTER, VERIFY, is_in_same_directory};
use crate::pin_pad::{Entries, PadFormat, modify_structure, verify_structure};
use crate::pkcs15::{CodeAttributes, CodePair};
use crate::{ControlAnswer, PadFeatures, ReaderControl, StatusWord, Transport, TransportError};

/// The number of consecutive malformed entries that ends the operation.
const MAX_MALFORMED: usize = 3;

/// Returns whether a reader with these features can take PUK and new PIN.
pub(crate) fn is_unblock_possible(features: PadFeatures, codes: &CodePair) -> bool {
    let formats = [codes.puk.format.on_pad(), codes.pin.format.on_pad()];
    features.verify.is_some() && features.modify.is_some() && formats.iter().all(Option::is_some)
}

/// Returns whether a reader with these features can take the old and the new code: it cannot build a command with
/// a length before each code.
pub(crate) fn is_change_possible(features: PadFeatures, format: ChangeFormat, code: &CodeAttributes) -> bool {
    features.modify.is_some() && format == ChangeFormat::Concatenated && code.format.on_pad().is_some()
}

/// Unblocks the PIN in two steps: the reader takes the PUK for VERIFY, then the new PIN, twice, for RESET RETRY
/// COUNTER. The PUK's directory must be the current one; `select_pin` selects the PIN's if it is another one.
pub(crate) fn unblock_on_pad(
    transport: &mut dyn Transport,
    features: PadFeatures,
    codes: &CodePair,
    select_pin: impl FnOnce(&mut dyn Transport) -> Result<StatusWord, TransportError>,
) -> Result<(), CodeError> {
    let (verify, puk_format) = described(features.verify, &codes.puk)?;
    let (modify, pin_format) = described(features.modify, &codes.pin)?;

    let structure = verify_structure([0x00, VERIFY, 0x00, codes.puk.reference], puk_format);
    match take(transport, verify, &structure)? {
        StatusWord::Ok => {}
        status if status.is_unsupported() => return Err(CodeError::Unsupported),
        status => return Err(CodeError::from_status(status)),
    }
    if !is_in_same_directory(codes) {
        match select_pin(transport).map_err(CodeError::OutcomeUnknown)? {
            StatusWord::Ok => {}
            other => return Err(CodeError::Failed(other)),
        }
    }
    let header = [0x00, RESET_RETRY_COUNTER, 0x02, codes.pin.reference];
    let structure = modify_structure(header, pin_format, Entries::New);
    let status = take(transport, modify, &structure).map_err(|error| match error {
        CodeError::Pad(PadError::Refused) => CodeError::Pad(PadError::Stopped),
        CodeError::Transport(error) => CodeError::OutcomeUnknown(error),
        other => other,
    })?;
    match status {
        StatusWord::Ok => Ok(()),
        status if status.is_unsupported() => Err(CodeError::Unsupported),
        StatusWord::WrongData | StatusWord::WrongLength => Err(CodeError::NewCodeRefused),
        other => Err(CodeError::Failed(other)),
    }
}

/// Changes a code: the reader takes the old one, and the new one twice, for CHANGE REFERENCE DATA.
pub(crate) fn change_on_pad(
    transport: &mut dyn Transport,
    features: PadFeatures,
    format: ChangeFormat,
    code: &CodeAttributes,
) -> Result<(), CodeError> {
    if !is_change_possible(features, format, code) {
        return Err(CodeError::Pad(PadError::Refused));
    }
    let (modify, pad_format) = described(features.modify, code)?;
    let header = [0x00, CHANGE_REFERENCE_DATA, 0x00, code.reference];
    match take(transport, modify, &modify_structure(header, pad_format, Entries::OldAndNew))? {
        StatusWord::Ok => Ok(()),
        status if status.is_unsupported() => Err(CodeError::Unsupported),
        StatusWord::WrongData => Err(CodeError::NewCodeRefused),
        status => Err(CodeError::from_status(status)),
    }
}

/// Returns the control code of a feature and the format of a code for it.
fn described(feature: Option<u32>, code: &CodeAttributes) -> Result<(u32, PadFormat), CodeError> {
    feature.zip(code.format.on_pad()).ok_or(CodeError::Pad(PadError::Refused))
}

/// Has the reader take codes, and returns the card's status word. Entries that the reader itself finds malformed
/// were not sent to the card, and are repeated.
fn take(transport: &mut dyn Transport, code: u32, structure: &[u8]) -> Result<StatusWord, CodeError> {
    for _ in 0..MAX_MALFORMED {
        let response = match transport.control(ReaderControl::TakeCodes { code, structure }) {
            Ok(ControlAnswer::Response(response)) => response,
            Ok(ControlAnswer::Refused) => return Err(CodeError::Pad(PadError::Refused)),
            Err(TransportError::Changed) => return Err(CodeError::Transport(TransportError::Changed)),
            Err(error) => return Err(CodeError::OutcomeUnknown(error)),
        };
        let Some(&[high, low]) = response.last_chunk() else {
            return Err(CodeError::OutcomeUnknown(TransportError::Silent));
        };
        // The reader's own status words (part 10, section 2.5).
        match u16::from_be_bytes([high, low]) {
            0x6400 => return Err(CodeError::Pad(PadError::TimedOut)),
            0x6401 => return Err(CodeError::Pad(PadError::Cancelled)),
            0x6402 | 0x6403 => {} // the new codes differ; a code is too short or too long
            0x6100..=0x61FF => return Ok(StatusWord::Ok), // the response data is not needed
            word => return Ok(word.into()),
        }
    }
    Err(CodeError::Pad(PadError::Malformed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use std::collections::VecDeque;

    const FEATURES: PadFeatures = PadFeatures { verify: Some(6), modify: Some(7) };
    const VERIFY_PUK: [u8; 4] = [0x00, 0x20, 0x00, 0x82];
    const RESET: [u8; 4] = [0x00, 0x2C, 0x02, 0x81];
    const CHANGE: [u8; 4] = [0x00, 0x24, 0x00, 0x81];

    type Answer = Result<ControlAnswer, TransportError>;
    /// Control codes and commands.
    type Requests = Vec<(u32, [u8; 4])>;

    /// A reader that gives these answers, and records the control code and the command of each request.
    struct Pad(VecDeque<Answer>, Requests);

    impl Transport for Pad {
        fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, TransportError> {
            panic!("no command")
        }

        fn control(&mut self, control: ReaderControl<'_>) -> Answer {
            let ReaderControl::TakeCodes { code, structure } = control else { panic!("{control:?}") };
            let start = if code == 6 { 19 } else { 24 };
            self.1.push((code, structure[start..start + 4].try_into().unwrap()));
            self.0.pop_front().expect("the reader is not asked again")
        }
    }

    fn status(word: u16) -> Answer {
        Ok(ControlAnswer::Response(word.to_be_bytes().to_vec()))
    }

    fn unblock(answers: &[Answer]) -> (Result<(), CodeError>, Requests) {
        let codes = CodePair::with_references(0x81, 0x82);
        let mut pad = Pad(answers.iter().cloned().collect(), Vec::new());
        let result = unblock_on_pad(&mut pad, FEATURES, &codes, |_| panic!("one directory"));
        assert!(pad.0.is_empty(), "{:?}", pad.0);
        (result, pad.1)
    }

    fn change(answer: Answer) -> Result<(), CodeError> {
        let mut pad = Pad([answer].into(), Vec::new());
        let code = CodePair::assumed().pin;
        let result = change_on_pad(&mut pad, FEATURES, ChangeFormat::Concatenated, &code);
        assert_eq!(pad.1, [(7, CHANGE)]);
        result
    }

    #[test]
    fn unblocks_with_one_entry_for_each_code() {
        let (result, requests) = unblock(&[status(0x9000), status(0x9000)]);
        assert_eq!((result, &requests[..]), (Ok(()), &[(6, VERIFY_PUK), (7, RESET)][..]));
    }

    #[test]
    fn nothing_follows_a_puk_that_the_card_did_not_accept() {
        for (answer, error) in [
            (status(0x63C2), CodeError::Wrong(Some(2))),
            (status(0x6983), CodeError::Blocked),
            (status(0x6D00), CodeError::Unsupported),
            (status(0x6400), CodeError::Pad(PadError::TimedOut)),
            (status(0x6401), CodeError::Pad(PadError::Cancelled)),
            (Ok(ControlAnswer::Refused), CodeError::Pad(PadError::Refused)),
            (Ok(ControlAnswer::Response(Vec::new())), CodeError::OutcomeUnknown(TransportError::Silent)),
            (Err(TransportError::Silent), CodeError::OutcomeUnknown(TransportError::Silent)),
            (Err(TransportError::Changed), CodeError::Transport(TransportError::Changed)),
        ] {
            let (result, requests) = unblock(&[answer]);
            assert_eq!((result, requests.len()), (Err(error), 1));
        }
    }

    #[test]
    fn what_goes_wrong_with_the_new_pin_is_told_apart() {
        for (answer, error) in [
            (status(0x6A80), CodeError::NewCodeRefused),
            (status(0x6D00), CodeError::Unsupported),
            (status(0x6982), CodeError::Failed(StatusWord::SecurityStatusNotSatisfied)),
            (status(0x6400), CodeError::Pad(PadError::TimedOut)),
            (status(0x6401), CodeError::Pad(PadError::Cancelled)),
            // The PUK was entered: the other way would need it again.
            (Ok(ControlAnswer::Refused), CodeError::Pad(PadError::Stopped)),
            (Err(TransportError::Changed), CodeError::OutcomeUnknown(TransportError::Changed)),
        ] {
            assert_eq!(unblock(&[status(0x9000), answer]).0, Err(error));
        }
    }

    #[test]
    fn malformed_entries_are_repeated_and_counted() {
        let (result, requests) =
            unblock(&[status(0x6403), status(0x9000), status(0x6402), status(0x6403), status(0x9000)]);
        assert_eq!((result, requests.len()), (Ok(()), 5));
        let malformed = [status(0x6403), status(0x6403), status(0x6403)];
        assert_eq!(unblock(&malformed).0, Err(CodeError::Pad(PadError::Malformed)));
    }

    #[test]
    fn a_code_is_changed_with_one_request() {
        for (answer, expected) in [
            (status(0x9000), Ok(())),
            (status(0x63C1), Err(CodeError::Wrong(Some(1)))),
            (status(0x6A80), Err(CodeError::NewCodeRefused)),
            (status(0x6A86), Err(CodeError::Unsupported)),
            (status(0x6401), Err(CodeError::Pad(PadError::Cancelled))),
            (Ok(ControlAnswer::Refused), Err(CodeError::Pad(PadError::Refused))),
        ] {
            assert_eq!(change(answer), expected);
        }
    }

    #[test]
    fn features_and_shape_of_the_commands_decide_what_is_possible() {
        let codes = CodePair::assumed();
        for (features, unblock, change) in [
            (FEATURES, true, true),
            (PadFeatures { verify: None, ..FEATURES }, false, true),
            (PadFeatures { modify: None, ..FEATURES }, false, false),
            (PadFeatures::default(), false, false),
        ] {
            assert_eq!(is_unblock_possible(features, &codes), unblock, "{features:?}");
            let is_possible = |format| is_change_possible(features, format, &codes.pin);
            assert_eq!(is_possible(ChangeFormat::Concatenated), change, "{features:?}");
            assert!(!is_possible(ChangeFormat::WithLengths));
        }
    }
}
