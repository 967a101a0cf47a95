//! Changing a PIN or PUK by whoever knows it (ISO 7816-4, section 7.5.7).

use crate::apdu::Command;
use crate::code_error::{CodeError, refused, send};
use crate::codes::Code;
use crate::{Secret, StatusWord, Transport};

const CHANGE_REFERENCE_DATA: u8 = 0x24;
/// Bit 8 of P2: the code is the application's own (ISO 7816-4, section 7.5.1).
const LOCAL: u8 = 0x80;

/// How a family wants both codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Old and new one after the other: ISO 7816-4.
    Joined,
    /// A length before each; P1 says whose code it is: AKİS 1.0 (CERTAIN: OpenSC's driver).
    WithLengths,
}

/// Sends old and new code, once; both are consumed.
pub(crate) fn change(
    card: &mut dyn Transport,
    shape: Shape,
    code: &Code,
    old: Secret,
    new: Secret,
) -> Result<(), CodeError> {
    let (old, new) = (code.format.encode(&{ old }), code.format.encode(&{ new }));
    let (p1, p2, both) = match shape {
        Shape::Joined => (0x00, code.reference, Secret::joined(&[old.bytes(), new.bytes()])),
        Shape::WithLengths => {
            let length = |code: &Secret| [u8::try_from(code.bytes().len()).unwrap_or(u8::MAX)];
            let both = Secret::joined(&[&length(&old), old.bytes(), &length(&new), new.bytes()]);
            (if code.reference & LOCAL == 0 { 0x01 } else { 0x02 }, code.reference & !LOCAL, both)
        }
    };
    let both = both.ok_or(CodeError::Unsupported)?;
    let command = Command { ins: CHANGE_REFERENCE_DATA, p1, p2, data: both.bytes(), le: None };
    match send(card, command)? {
        StatusWord::Ok => Ok(()),
        status if status.is_unsupported() => Err(CodeError::Unsupported),
        // The lengths of both keep the card's own rule, so it is the new code that displeases.
        StatusWord::WrongData => Err(CodeError::NewCodeRefused),
        status => Err(refused(status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Codes;
    use crate::scripted::Script;

    const JOINED: &str = "002400810C313233343536363534333231";
    const WITH_LENGTHS: &str = "002402010E 06313233343536 06363534333231";

    fn run(shape: Shape, reference: u8, line: (&str, &str)) -> Result<(), CodeError> {
        let code = Code { reference, ..Codes::assumed().pin };
        let secret = |text: &str| text.bytes().collect();
        change(&mut Script::new(&[line]), shape, &code, secret("123456"), secret("654321"))
    }

    #[test]
    fn both_shapes_change() {
        assert_eq!(run(Shape::Joined, 0x81, (JOINED, "9000")), Ok(()));
        assert_eq!(run(Shape::WithLengths, 0x81, (WITH_LENGTHS, "9000")), Ok(()));
    }

    #[test]
    fn the_first_akis_tells_a_cards_own_code_by_p1() {
        let global = WITH_LENGTHS.replace("00240201", "00240101");
        assert_eq!(run(Shape::WithLengths, 0x01, (&global, "9000")), Ok(()));
    }

    #[test]
    fn a_refused_code_is_never_sent_again() {
        // The script would panic at any second command.
        for (answer, error) in [
            ("63C2", CodeError::Wrong(Some(2))),
            ("6300", CodeError::Wrong(None)),
            ("63C0", CodeError::Blocked),
            ("6983", CodeError::Blocked),
            ("6984", CodeError::Blocked),
            ("6A80", CodeError::NewCodeRefused),
            ("6D00", CodeError::Unsupported),
            ("6A86", CodeError::Unsupported),
            ("6A88", CodeError::Unsupported),
            ("6C0C", CodeError::Failed(StatusWord::RepeatWithLength(0x0C))),
            ("6982", CodeError::Failed(StatusWord::SecurityStatusNotSatisfied)),
        ] {
            assert_eq!(run(Shape::Joined, 0x81, (JOINED, answer)), Err(error), "{answer}");
        }
    }
}
