//! Unblocking a PIN with its PUK (ISO 7816-4, sections 7.5.6 and 7.5.10).

use crate::apdu::{Command, transmit};
use crate::application::Codes;
use crate::{LinkError, Secret, StatusWord, Transport};

const VERIFY: u8 = 0x20;
const RESET_RETRY_COUNTER: u8 = 0x2C;

/// Why a PIN was not unblocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnblockError {
    /// The PUK is wrong; so many wrong entries remain, where the card says so.
    PukWrong(Option<u8>),
    /// The PUK is blocked.
    PukBlocked,
    /// The PUK was right, the new PIN was not to the card's liking.
    PinRefused,
    /// The card knows neither shape; no try was spent.
    NotOffered,
    /// Any other refusal.
    Failed(StatusWord),
    /// No answer.
    Link(LinkError),
}

impl From<LinkError> for UnblockError {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

/// Unblocks with the two-step shape (VERIFY the PUK, then RESET RETRY COUNTER with the new PIN)
/// because it tells a wrong PUK from a refused PIN; with the combined shape where the card says
/// that it lacks the first **and no try was spent**. Codes are consumed: a PUK that was refused
/// cannot be sent again.
pub(crate) fn unblock(
    card: &mut dyn Transport,
    codes: &Codes,
    puk: Secret,
    new_pin: Secret,
) -> Result<(), UnblockError> {
    let puk = codes.puk.rule.encode(&{ puk });
    let new_pin = codes.pin.rule.encode(&{ new_pin });

    let verified = send(card, VERIFY, 0x00, codes.puk.reference, puk.bytes())?;
    let puk_is_right = verified == StatusWord::Ok;
    if puk_is_right {
        let reset = send(card, RESET_RETRY_COUNTER, 0x02, codes.pin.reference, new_pin.bytes())?;
        if !reset.is_not_offered() {
            return after_puk(reset);
        }
    } else if !verified.is_not_offered() {
        return Err(puk_refused(verified));
    }

    let Some(both) = joined(&puk, &new_pin) else {
        return Err(UnblockError::NotOffered);
    };
    match send(card, RESET_RETRY_COUNTER, 0x00, codes.pin.reference, both.bytes())? {
        StatusWord::Ok => Ok(()),
        status if status.is_not_offered() => Err(UnblockError::NotOffered),
        StatusWord::WrongData | StatusWord::WrongLength if puk_is_right => Err(UnblockError::PinRefused),
        status => Err(puk_refused(status)),
    }
}

/// Both codes in one; none where a short command has no room for them.
fn joined(puk: &Secret, new_pin: &Secret) -> Option<Secret> {
    let mut both = Secret::new();
    let fits = puk.bytes().iter().chain(new_pin.bytes()).all(|&byte| both.push(byte));
    (fits && both.bytes().len() <= usize::from(u8::MAX)).then_some(both)
}

/// Sends a command with codes, once: it is not repeated on 6Cxx as others are.
fn send(
    card: &mut dyn Transport,
    ins: u8,
    p1: u8,
    reference: u8,
    data: &[u8],
) -> Result<StatusWord, LinkError> {
    Ok(match transmit(card, Command { ins, p1, p2: reference, data, le: None })?.status {
        StatusWord::MoreData(_) => StatusWord::Ok, // done, with an answer that nobody asked for
        other => other,
    })
}

fn after_puk(status: StatusWord) -> Result<(), UnblockError> {
    match status {
        StatusWord::Ok => Ok(()),
        StatusWord::WrongData | StatusWord::WrongLength => Err(UnblockError::PinRefused),
        other => Err(UnblockError::Failed(other)),
    }
}

fn puk_refused(status: StatusWord) -> UnblockError {
    match status {
        // No try left after this one: the same as blocked, from now on.
        status if status.is_blocked() => UnblockError::PukBlocked,
        StatusWord::WrongCode(left) => UnblockError::PukWrong(Some(left)),
        StatusWord::WrongCodeUncounted => UnblockError::PukWrong(None),
        other => UnblockError::Failed(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::Code;
    use crate::pin_object::CodeRule;
    use crate::scripted::Script;

    const VERIFY_PUK: &str = "00200082083132333435363738";
    const RESET_WITH_PIN: &str = "002C028106363534333231";
    const COMBINED: &str = "002C00810E3132333435363738363534333231";

    fn run(lines: &[(&str, &str)]) -> Result<(), UnblockError> {
        let code = |reference| Code { reference, rule: CodeRule::ASSUMED };
        let codes = Codes { pin: code(0x81), puk: code(0x82), from_card: true };
        let secret = |text: &str| text.bytes().collect();
        unblock(&mut Script::new(lines), &codes, secret("12345678"), secret("654321"))
    }

    #[test]
    fn the_two_step_shape_comes_first() {
        assert_eq!(run(&[(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "9000")]), Ok(()));
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
            ("63C2", UnblockError::PukWrong(Some(2))),
            ("63C1", UnblockError::PukWrong(Some(1))),
            ("6300", UnblockError::PukWrong(None)),
            ("63C0", UnblockError::PukBlocked),
            ("6983", UnblockError::PukBlocked),
            ("6984", UnblockError::PukBlocked),
            ("6985", UnblockError::Failed(StatusWord::ConditionsNotSatisfied)),
            ("6700", UnblockError::Failed(StatusWord::WrongLength)),
            ("6A80", UnblockError::Failed(StatusWord::WrongData)),
            ("6C08", UnblockError::Failed(StatusWord::RepeatWithLength(8))),
            ("6F00", UnblockError::Failed(StatusWord::Other(0x6F00))),
        ] {
            assert_eq!(run(&[(VERIFY_PUK, answer)]), Err(error), "{answer}");
        }
    }

    #[test]
    fn in_the_combined_shape_too_a_wrong_puk_ends_it() {
        let lines = [(VERIFY_PUK, "6A88"), (COMBINED, "63C2")];
        assert_eq!(run(&lines), Err(UnblockError::PukWrong(Some(2))));
    }

    #[test]
    fn a_card_that_knows_neither_shape_is_left_alone() {
        let lines = [(VERIFY_PUK, "6D00"), (COMBINED, "6D00")];
        assert_eq!(run(&lines), Err(UnblockError::NotOffered));
    }

    #[test]
    fn a_refused_pin_is_told_from_a_wrong_puk() {
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6A80")];
        assert_eq!(run(&lines), Err(UnblockError::PinRefused));
        let lines = [(VERIFY_PUK, "9000"), (RESET_WITH_PIN, "6D00"), (COMBINED, "6A80")];
        assert_eq!(run(&lines), Err(UnblockError::PinRefused));
    }

    #[test]
    fn a_puk_that_the_card_has_not_judged_is_not_called_right() {
        for answer in ["6A80", "6700"] {
            let refused = run(&[(VERIFY_PUK, "6D00"), (COMBINED, answer)]);
            assert!(matches!(refused, Err(UnblockError::Failed(_))), "{answer}");
        }
    }

    #[test]
    fn an_answer_that_nobody_asked_for_is_not_fetched() {
        assert_eq!(run(&[(VERIFY_PUK, "6105"), (RESET_WITH_PIN, "9000")]), Ok(()));
    }
}
