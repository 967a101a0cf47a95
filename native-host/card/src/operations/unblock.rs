//! RESET RETRY COUNTER: unblocks a PIN with its PUK (ISO 7816-4, sections 7.5.6 and 7.5.10).

use super::CodeError;
use super::code_command::{send, send_next};
use crate::iso7816::apdu::Command;
use crate::pkcs15::CodePair;
use crate::{Secret, StatusWord, Transport, TransportError};

pub(super) const VERIFY: u8 = 0x20;
pub(super) const RESET_RETRY_COUNTER: u8 = 0x2C;

/// Unblocks the PIN in two steps: VERIFY with the PUK, then RESET RETRY COUNTER with the new PIN. This form
/// distinguishes a wrong PUK from a refused PIN. If the card does not support it **and no try was used**,
/// sends the combined form, RESET RETRY COUNTER with both codes. Takes ownership of the codes, so that a
/// refused PUK cannot be sent again.
///
/// The PUK's directory must be the current one; `select_pin` selects the PIN's directory if it is another
/// one.
pub(crate) fn unblock(
    transport: &mut dyn Transport,
    codes: &CodePair,
    puk: Secret,
    new_pin: Secret,
    select_pin: impl FnOnce(&mut dyn Transport) -> Result<StatusWord, TransportError>,
) -> Result<(), CodeError> {
    // The braces move the codes in, so that they are dropped as soon as they are encoded.
    let puk = codes.puk.format.encode(&{ puk });
    let new_pin = codes.pin.format.encode(&{ new_pin });

    let command = |ins, p1, reference, data| Command { ins, p1, p2: reference, data, le: None };
    let verified = send(transport, command(VERIFY, 0x00, codes.puk.reference, puk.bytes()))?;
    let is_puk_accepted = verified == StatusWord::Ok;
    if !is_puk_accepted && !verified.is_unsupported() {
        return Err(CodeError::from_status(verified));
    }
    if !is_in_same_directory(codes) {
        match select_pin(transport).map_err(CodeError::OutcomeUnknown)? {
            StatusWord::Ok => {}
            other => return Err(CodeError::Failed(other)),
        }
    }
    if is_puk_accepted {
        let reset = command(RESET_RETRY_COUNTER, 0x02, codes.pin.reference, new_pin.bytes());
        match send_next(transport, reset)? {
            StatusWord::Ok => return Ok(()),
            status if status.is_unsupported() => {} // the combined form follows
            StatusWord::WrongData | StatusWord::WrongLength => return Err(CodeError::NewCodeRefused),
            other => return Err(CodeError::Failed(other)),
        }
    }

    let both = Secret::concatenated(&[puk.bytes(), new_pin.bytes()]).ok_or(CodeError::Unsupported)?;
    match send_next(transport, command(RESET_RETRY_COUNTER, 0x00, codes.pin.reference, both.bytes()))? {
        StatusWord::Ok => Ok(()),
        status if status.is_unsupported() => Err(CodeError::Unsupported),
        StatusWord::WrongData | StatusWord::WrongLength if is_puk_accepted => Err(CodeError::NewCodeRefused),
        status => Err(CodeError::from_status(status)),
    }
}

/// Returns whether PIN and PUK belong to the same directory.
pub(super) fn is_in_same_directory(codes: &CodePair) -> bool {
    match (&codes.pin.path, &codes.puk.path) {
        (Some(pin), Some(puk)) => pin.is_same_file(puk),
        (pin, puk) => pin.is_none() && puk.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pkcs15::Path;
    use crate::scripted_transport::ScriptedTransport;

    const VERIFY_PUK: &str = "00200082083132333435363738";
    const RESET_WITH_PIN: &str = "002C028106363534333231";
    const COMBINED: &str = "002C00810E3132333435363738363534333231";

    fn run(lines: &[(&str, &str)]) -> Result<(), CodeError> {
        let secret = |text: &str| text.bytes().collect();
        let codes = CodePair::with_references(0x81, 0x82);
        unblock(&mut ScriptedTransport::new(lines), &codes, secret("12345678"), secret("654321"), |_| {
            panic!("both codes are in one directory")
        })
    }

    #[test]
    fn sends_the_two_step_form_first() {
        assert_eq!(run(&[(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "9000")]), Ok(()));
    }

    #[test]
    fn selects_the_directory_of_the_pin_if_it_differs_from_the_puks() {
        let mut codes = CodePair::with_references(0x81, 0x82);
        codes.pin.path = Path::in_object(&[0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x3D, 0x01]);
        let run = |lines: &[(&str, &str)], selected| {
            let secret = |text: &str| text.bytes().collect();
            let card = &mut ScriptedTransport::new(lines);
            unblock(card, &codes, secret("12345678"), secret("654321"), |_| selected)
        };
        let ok = Ok(StatusWord::Ok);
        assert_eq!(run(&[(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "9000")], ok), Ok(()));
        let pin_directory_missing = run(&[(VERIFY_PUK, "9000")], Ok(StatusWord::FileNotFound));
        assert_eq!(pin_directory_missing, Err(CodeError::Failed(StatusWord::FileNotFound)));
        assert_eq!(run(&[(VERIFY_PUK, "63C2")], ok), Err(CodeError::Wrong(Some(2))));
        let card_changed = run(&[(VERIFY_PUK, "9000")], Err(TransportError::Changed));
        assert_eq!(card_changed, Err(CodeError::OutcomeUnknown(TransportError::Changed)));
    }

    #[test]
    fn selects_no_directory_if_pin_and_puk_belong_to_the_same() {
        let path = |directory| Path::in_object(&[0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x3D, directory]);
        for (pin, puk, selections) in [
            (path(1), path(1), 0),
            (path(1), path(2), 1),
            (path(1), None, 1),
            (None, path(2), 1),
            (None, None, 0),
        ] {
            let mut codes = CodePair::with_references(0x81, 0x82);
            (codes.pin.path, codes.puk.path) = (pin, puk);
            let secret = |text: &str| text.bytes().collect();
            let card = &mut ScriptedTransport::new(&[(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "9000")]);
            let mut selected = 0;
            let outcome = unblock(card, &codes, secret("12345678"), secret("654321"), |_| {
                selected += 1;
                Ok(StatusWord::Ok)
            });
            assert_eq!(
                (outcome, selected),
                (Ok(()), selections),
                "{:?} {:?}",
                codes.pin.path,
                codes.puk.path
            );
        }
    }

    #[test]
    fn sends_the_combined_form_if_the_card_lacks_verify() {
        for status in ["6D00", "6A86", "6A81", "6B00", "6A88"] {
            assert_eq!(run(&[(VERIFY_PUK, status), (COMBINED, "9000")]), Ok(()), "{status}");
        }
    }

    #[test]
    fn an_accepted_puk_may_be_sent_once_more_in_the_combined_form() {
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6A86"), (COMBINED, "9000")];
        assert_eq!(run(&lines), Ok(()));
    }

    #[test]
    fn a_refused_puk_is_never_sent_again() {
        // The scripted transport would panic at a second command.
        for (status, error) in [
            ("63C2", CodeError::Wrong(Some(2))),
            ("63C1", CodeError::Wrong(Some(1))),
            ("6300", CodeError::Wrong(None)),
            ("63C0", CodeError::Blocked),
            ("6983", CodeError::Blocked),
            ("6984", CodeError::Blocked),
            ("6985", CodeError::Failed(StatusWord::ConditionsNotSatisfied)),
            ("6700", CodeError::Failed(StatusWord::WrongLength)),
            ("6A80", CodeError::Failed(StatusWord::WrongData)),
            ("6C08", CodeError::Failed(StatusWord::RepeatWithLength(8))),
            ("6F00", CodeError::Failed(StatusWord::Other(0x6F00))),
        ] {
            assert_eq!(run(&[(VERIFY_PUK, status)]), Err(error), "{status}");
        }
    }

    #[test]
    fn a_wrong_puk_in_the_combined_form_is_not_sent_again() {
        let lines = [(VERIFY_PUK, "6A88"), (COMBINED, "63C2")];
        assert_eq!(run(&lines), Err(CodeError::Wrong(Some(2))));
    }

    #[test]
    fn reports_a_card_that_supports_neither_form() {
        let lines = [(VERIFY_PUK, "6D00"), (COMBINED, "6D00")];
        assert_eq!(run(&lines), Err(CodeError::Unsupported));
    }

    #[test]
    fn distinguishes_a_refused_pin_from_a_wrong_puk() {
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6A80")];
        assert_eq!(run(&lines), Err(CodeError::NewCodeRefused));
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6D00"), (COMBINED, "6A80")];
        assert_eq!(run(&lines), Err(CodeError::NewCodeRefused));
    }

    #[test]
    fn rejected_data_in_the_combined_form_does_not_mean_the_puk_is_right() {
        for status in ["6A80", "6700"] {
            let refused = run(&[(VERIFY_PUK, "6D00"), (COMBINED, status)]);
            assert!(matches!(refused, Err(CodeError::Failed(_))), "{status}");
        }
    }

    #[test]
    fn does_not_fetch_response_data_of_verify() {
        assert_eq!(run(&[(VERIFY_PUK, "6105"), (RESET_WITH_PIN, "9000")]), Ok(()));
    }
}
