//! CHANGE REFERENCE DATA: changes a code that the user knows (ISO 7816-4, section 7.5.7).

use super::CodeError;
use super::code_command::send;
use crate::iso7816::apdu::Command;
use crate::pkcs15::CodeAttributes;
use crate::{Secret, StatusWord, Transport};

pub(super) const CHANGE_REFERENCE_DATA: u8 = 0x24;
/// Bit 8 of P2: the code is specific to the application (ISO 7816-4, section 7.5.1).
const SPECIFIC: u8 = 0x80;

/// The format of the data field with both codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangeFormat {
    /// Old code followed by new code, as ISO 7816-4 specifies.
    Concatenated,
    /// A length before each code; P1 says whether the code is global (01) or specific (02). AKİS 1.0
    /// (CERTAIN: OpenSC's driver).
    WithLengths,
}

/// Sends the old and the new code once and drops both.
pub(crate) fn change(
    transport: &mut dyn Transport,
    format: ChangeFormat,
    code: &CodeAttributes,
    old: Secret,
    new: Secret,
) -> Result<(), CodeError> {
    // The braces move the codes in, so that they are dropped as soon as they are encoded.
    let (old, new) = (code.format.encode(&{ old }), code.format.encode(&{ new }));
    let (p1, p2, data) = match format {
        ChangeFormat::Concatenated => {
            (0x00, code.reference, Secret::concatenated(&[old.bytes(), new.bytes()]))
        }
        ChangeFormat::WithLengths => {
            let length = |code: &Secret| [u8::try_from(code.bytes().len()).unwrap_or(u8::MAX)];
            let data = Secret::concatenated(&[&length(&old), old.bytes(), &length(&new), new.bytes()]);
            let p1 = if code.reference & SPECIFIC == 0 { 0x01 } else { 0x02 };
            (p1, code.reference & !SPECIFIC, data)
        }
    };
    let data = data.ok_or(CodeError::Unsupported)?;
    let command = Command { ins: CHANGE_REFERENCE_DATA, p1, p2, data: data.bytes(), le: None };
    match send(transport, command)? {
        StatusWord::Ok => Ok(()),
        status if status.is_unsupported() => Err(CodeError::Unsupported),
        // Both lengths conform to the card's own description, so the card rejects the new code.
        StatusWord::WrongData => Err(CodeError::NewCodeRefused),
        status => Err(CodeError::from_status(status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pkcs15::CodePair;
    use crate::scripted_transport::ScriptedTransport;

    const CONCATENATED: &str = "002400810C313233343536363534333231";
    const WITH_LENGTHS: &str = "002402010E 06313233343536 06363534333231";

    fn run(format: ChangeFormat, reference: u8, line: (&str, &str)) -> Result<(), CodeError> {
        let code = CodeAttributes { reference, ..CodePair::assumed().pin };
        let secret = |text: &str| text.bytes().collect();
        change(&mut ScriptedTransport::new(&[line]), format, &code, secret("123456"), secret("654321"))
    }

    #[test]
    fn sends_both_codes_in_either_format() {
        assert_eq!(run(ChangeFormat::Concatenated, 0x81, (CONCATENATED, "9000")), Ok(()));
        assert_eq!(run(ChangeFormat::WithLengths, 0x81, (WITH_LENGTHS, "9000")), Ok(()));
    }

    #[test]
    fn akis_1_marks_a_global_code_in_p1() {
        let global = WITH_LENGTHS.replace("00240201", "00240101");
        assert_eq!(run(ChangeFormat::WithLengths, 0x01, (&global, "9000")), Ok(()));
    }

    #[test]
    fn a_refused_code_is_never_sent_again() {
        // The scripted transport would panic at a second command.
        for (status, error) in [
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
            assert_eq!(run(ChangeFormat::Concatenated, 0x81, (CONCATENATED, status)), Err(error), "{status}");
        }
    }
}
