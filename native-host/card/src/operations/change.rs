//! CHANGE REFERENCE DATA: changes a code that the user knows (ISO 7816-4, section 7.5.7).

use super::CodeError;
use super::code_command::{send, send_next};
use super::unblock::VERIFY;
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
///
/// Where only the card knows at which digit the old code ends, VERIFY with the old code comes first: a card whose PIN
/// is 123456 would take the old code 12345678 and the new one 4711 for a change to 784711, which nobody has typed. A
/// card that does not support VERIFY of this code, **and used no try**, gets both codes all the same.
pub(crate) fn change(
    transport: &mut dyn Transport,
    format: ChangeFormat,
    code: &CodeAttributes,
    old: Secret,
    new: Secret,
) -> Result<(), CodeError> {
    // The braces move the codes in, so that they are dropped as soon as they are encoded.
    let (old, new) = (code.format.encode(&{ old }), code.format.encode(&{ new }));
    let mut is_verified = false;
    if format == ChangeFormat::Concatenated && !code.format.has_one_length() {
        let verify = Command { ins: VERIFY, p1: 0x00, p2: code.reference, data: old.bytes(), le: None };
        match send(transport, verify)? {
            StatusWord::Ok => is_verified = true,
            status if status.is_unsupported() => {}
            status => return Err(CodeError::from_status(status)),
        }
    }
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
    let status = if is_verified { send_next(transport, command) } else { send(transport, command) };
    match status? {
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

    const VERIFY_OLD: (&str, &str) = ("0020008106313233343536", "9000");
    const CONCATENATED: &str = "002400810C313233343536363534333231";
    const WITH_LENGTHS: &str = "002402010E 06313233343536 06363534333231";

    fn run(format: ChangeFormat, reference: u8, lines: &[(&str, &str)]) -> Result<(), CodeError> {
        run_for(&CodeAttributes { reference, ..CodePair::assumed().pin }, format, lines)
    }

    fn run_for(code: &CodeAttributes, format: ChangeFormat, lines: &[(&str, &str)]) -> Result<(), CodeError> {
        let secret = |text: &str| text.bytes().collect();
        change(&mut ScriptedTransport::new(lines), format, code, secret("123456"), secret("654321"))
    }

    #[test]
    fn sends_both_codes_in_either_format() {
        assert_eq!(run(ChangeFormat::Concatenated, 0x81, &[VERIFY_OLD, (CONCATENATED, "9000")]), Ok(()));
        assert_eq!(run(ChangeFormat::WithLengths, 0x81, &[(WITH_LENGTHS, "9000")]), Ok(()));
    }

    #[test]
    fn old_code_that_the_card_refuses_is_not_sent_with_the_new_one() {
        for (status, error) in
            [("63C2", CodeError::Wrong(Some(2))), ("6983", CodeError::Blocked), ("63C0", CodeError::Blocked)]
        {
            let lines = [(VERIFY_OLD.0, status)];
            assert_eq!(run(ChangeFormat::Concatenated, 0x81, &lines), Err(error), "{status}");
        }
    }

    #[test]
    fn both_codes_are_sent_at_once_where_the_old_one_cannot_be_verified() {
        for status in ["6D00", "6A86", "6A88"] {
            let lines = [(VERIFY_OLD.0, status), (CONCATENATED, "9000")];
            assert_eq!(run(ChangeFormat::Concatenated, 0x81, &lines), Ok(()), "{status}");
        }
    }

    #[test]
    fn codes_of_one_length_need_no_verify() {
        let mut code = CodeAttributes { reference: 0x81, ..CodePair::assumed().pin };
        (code.format.min, code.format.max) = (6, 6);
        assert_eq!(run_for(&code, ChangeFormat::Concatenated, &[(CONCATENATED, "9000")]), Ok(()));
    }

    #[test]
    fn akis_1_marks_a_global_code_in_p1() {
        let global = WITH_LENGTHS.replace("00240201", "00240101");
        assert_eq!(run(ChangeFormat::WithLengths, 0x01, &[(&global, "9000")]), Ok(()));
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
            assert_eq!(
                run(ChangeFormat::Concatenated, 0x81, &[VERIFY_OLD, (CONCATENATED, status)]),
                Err(error),
                "{status}"
            );
        }
    }
}
