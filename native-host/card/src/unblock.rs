//! Unblocking a PIN with its PUK (ISO 7816-4, sections 7.5.6 and 7.5.10).

use crate::apdu::Command;
use crate::code_error::{CodeError, refused, send, send_next};
use crate::codes::Codes;
use crate::{Secret, StatusWord, Transport, TransportError};

const VERIFY: u8 = 0x20;
const RESET_RETRY_COUNTER: u8 = 0x2C;

/// Unblocks with the two-step shape (VERIFY the PUK, then RESET RETRY COUNTER with the new PIN)
/// because it tells a wrong PUK from a refused PIN; with the combined shape where the card says
/// that it lacks the first **and no try was spent**. Codes are consumed: a PUK that was refused
/// cannot be sent again. `select_pin` makes the PIN's directory the current one, where it is not the
/// PUK's, which is current.
pub(crate) fn unblock(
    card: &mut dyn Transport,
    codes: &Codes,
    puk: Secret,
    new_pin: Secret,
    select_pin: impl FnOnce(&mut dyn Transport) -> Result<StatusWord, TransportError>,
) -> Result<(), CodeError> {
    let puk = codes.puk.format.encode(&{ puk });
    let new_pin = codes.pin.format.encode(&{ new_pin });

    let command = |ins, p1, reference, code| Command { ins, p1, p2: reference, data: code, le: None };
    let verified = send(card, command(VERIFY, 0x00, codes.puk.reference, puk.bytes()))?;
    let puk_is_right = verified == StatusWord::Ok;
    if !puk_is_right && !verified.is_unsupported() {
        return Err(refused(verified));
    }
    let is_same_place = match (&codes.pin.path, &codes.puk.path) {
        (Some(pin), Some(puk)) => pin.is_same_place(puk),
        (pin, puk) => pin.is_none() && puk.is_none(),
    };
    if !is_same_place {
        match select_pin(card).map_err(CodeError::OutcomeUnknown)? {
            StatusWord::Ok => {}
            other => return Err(CodeError::Failed(other)),
        }
    }
    if puk_is_right {
        let reset =
            send_next(card, command(RESET_RETRY_COUNTER, 0x02, codes.pin.reference, new_pin.bytes()))?;
        if !reset.is_unsupported() {
            return after_puk(reset);
        }
    }

    let Some(both) = Secret::joined(&[puk.bytes(), new_pin.bytes()]) else {
        return Err(CodeError::Unsupported);
    };
    match send_next(card, command(RESET_RETRY_COUNTER, 0x00, codes.pin.reference, both.bytes()))? {
        StatusWord::Ok => Ok(()),
        status if status.is_unsupported() => Err(CodeError::Unsupported),
        StatusWord::WrongData | StatusWord::WrongLength if puk_is_right => Err(CodeError::NewCodeRefused),
        status => Err(refused(status)),
    }
}

fn after_puk(status: StatusWord) -> Result<(), CodeError> {
    match status {
        StatusWord::Ok => Ok(()),
        StatusWord::WrongData | StatusWord::WrongLength => Err(CodeError::NewCodeRefused),
        other => Err(CodeError::Failed(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::Path;
    use crate::scripted::Script;

    const VERIFY_PUK: &str = "00200082083132333435363738";
    const RESET_WITH_PIN: &str = "002C028106363534333231";
    const COMBINED: &str = "002C00810E3132333435363738363534333231";

    fn run(lines: &[(&str, &str)]) -> Result<(), CodeError> {
        let secret = |text: &str| text.bytes().collect();
        let codes = Codes::described(0x81, 0x82);
        unblock(&mut Script::new(lines), &codes, secret("12345678"), secret("654321"), |_| {
            panic!("both codes are in one directory")
        })
    }

    #[test]
    fn the_two_step_shape_comes_first() {
        assert_eq!(run(&[(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "9000")]), Ok(()));
    }

    #[test]
    fn a_pin_in_another_directory_than_its_puk_is_unblocked_there() {
        let mut codes = Codes::described(0x81, 0x82);
        codes.pin.path = Path::in_object(&[0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x3D, 0x01]);
        let run = |lines: &[(&str, &str)], selected| {
            let secret = |text: &str| text.bytes().collect();
            let script = &mut Script::new(lines);
            unblock(script, &codes, secret("12345678"), secret("654321"), |_| selected)
        };
        let ok = Ok(StatusWord::Ok);
        assert_eq!(run(&[(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "9000")], ok), Ok(()));
        let lost = run(&[(VERIFY_PUK, "9000")], Ok(StatusWord::FileNotFound));
        assert_eq!(lost, Err(CodeError::Failed(StatusWord::FileNotFound)));
        assert_eq!(run(&[(VERIFY_PUK, "63C2")], ok), Err(CodeError::Wrong(Some(2))));
        let gone = run(&[(VERIFY_PUK, "9000")], Err(TransportError::Changed));
        assert_eq!(gone, Err(CodeError::OutcomeUnknown(TransportError::Changed)));
    }

    #[test]
    fn a_card_without_the_first_shape_is_asked_in_the_other() {
        for lacking in ["6D00", "6A86", "6A81", "6B00", "6A88"] {
            assert_eq!(run(&[(VERIFY_PUK, lacking), (COMBINED, "9000")]), Ok(()), "{lacking}");
        }
    }

    #[test]
    fn an_accepted_puk_may_go_once_more_in_the_combined_shape() {
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6A86"), (COMBINED, "9000")];
        assert_eq!(run(&lines), Ok(()));
    }

    #[test]
    fn a_refused_puk_is_never_sent_again() {
        // The script would panic at any second command.
        for (answer, error) in [
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
            assert_eq!(run(&[(VERIFY_PUK, answer)]), Err(error), "{answer}");
        }
    }

    #[test]
    fn in_the_combined_shape_too_a_wrong_puk_ends_it() {
        let lines = [(VERIFY_PUK, "6A88"), (COMBINED, "63C2")];
        assert_eq!(run(&lines), Err(CodeError::Wrong(Some(2))));
    }

    #[test]
    fn a_card_that_knows_neither_shape_is_left_alone() {
        let lines = [(VERIFY_PUK, "6D00"), (COMBINED, "6D00")];
        assert_eq!(run(&lines), Err(CodeError::Unsupported));
    }

    #[test]
    fn a_refused_pin_is_told_from_a_wrong_puk() {
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6A80")];
        assert_eq!(run(&lines), Err(CodeError::NewCodeRefused));
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6D00"), (COMBINED, "6A80")];
        assert_eq!(run(&lines), Err(CodeError::NewCodeRefused));
    }

    #[test]
    fn a_puk_that_the_card_has_not_judged_is_not_called_right() {
        for answer in ["6A80", "6700"] {
            let refused = run(&[(VERIFY_PUK, "6D00"), (COMBINED, answer)]);
            assert!(matches!(refused, Err(CodeError::Failed(_))), "{answer}");
        }
    }

    #[test]
    fn an_answer_that_nobody_asked_for_is_not_fetched() {
        assert_eq!(run(&[(VERIFY_PUK, "6105"), (RESET_WITH_PIN, "9000")]), Ok(()));
    }
}
