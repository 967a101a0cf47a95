//! Selects the user's PIN and the PUK that unblocks it from the PIN objects of a card.

use super::code_format::CodeFormat;
use super::path::Path;
use super::pin_object::PinObject;
use crate::CardError;
use alloc::vec::Vec;

/// References of PIN and PUK on AKİS cards (LIKELY). Used only if the application exists and its PIN objects
/// cannot be read.
const ASSUMED_PIN: u8 = 0x81;
const ASSUMED_PUK: u8 = 0x82;

/// A PIN and the PUK that unblocks it.
#[derive(Debug)]
pub(crate) struct CodePair {
    pub pin: CodeAttributes,
    pub puk: CodeAttributes,
    /// Whether references and formats were read from the card, which also describes the guard as a PUK;
    /// otherwise they are assumed.
    pub from_card: bool,
}

/// The attributes of a code that commands depend on.
#[derive(Debug)]
pub(crate) struct CodeAttributes {
    pub reference: u8,
    pub format: CodeFormat,
    /// Whether the code can be changed by entering it.
    pub is_changeable: bool,
    /// The directory that the code belongs to, if its object names one. The same reference may identify
    /// another code in another directory (ISO 7816-4, section 7.5.1).
    pub path: Option<Path>,
}

impl CodePair {
    /// Returns the pair for cards whose PIN objects cannot be read.
    pub(crate) fn assumed() -> Self {
        Self::with_references(ASSUMED_PIN, ASSUMED_PUK)
    }

    /// Returns a pair with the given references and the assumed format.
    pub(crate) fn with_references(pin: u8, puk: u8) -> Self {
        let code = |reference| CodeAttributes {
            reference,
            format: CodeFormat::ASSUMED,
            is_changeable: true,
            path: None,
        };
        Self { pin: code(pin), puk: code(puk), from_card: false }
    }

    /// Selects the PIN that another code can unblock, and that code.
    ///
    /// # Errors
    /// [`CardError::NoPuk`] if there is no such PIN, [`CardError::SeveralPins`] if there is more than one:
    /// the signing PIN is not guessed.
    pub(crate) fn from_pin_objects(objects: &[PinObject]) -> Result<Self, CardError> {
        let is_user_pin = |pin: &&PinObject| !pin.is_unblocking && !pin.is_so_pin && pin.is_unblockable;
        let mut pairs = Vec::new();
        for pin in objects.iter().filter(is_user_pin) {
            pairs.extend(guard_of(pin, objects)?.map(|guard| (pin, guard)));
        }
        let Some(&(pin, puk)) = pairs.first() else { return Err(CardError::NoPuk) };
        // A PIN may be described twice.
        if pairs.iter().any(|(other, _)| !is_same_code(other, pin)) {
            return Err(CardError::SeveralPins);
        }
        let code = |object: &PinObject| CodeAttributes {
            reference: object.reference,
            format: object.format.clone(),
            is_changeable: object.is_changeable,
            path: object.path.clone(),
        };
        Ok(Self { pin: code(pin), puk: code(puk), from_card: is_puk(puk) })
    }
}

/// Returns the code with the guard identifier of a PIN; if several codes have it, the one flagged as
/// unblocking.
fn guard_of<'a>(pin: &PinObject, objects: &'a [PinObject]) -> Result<Option<&'a PinObject>, CardError> {
    let guards: Vec<_> = objects
        .iter()
        .filter(|other| Some(&other.id) == pin.guard_id.as_ref() && !is_same_code(other, pin))
        .collect();
    let flagged: Vec<_> = guards.iter().copied().filter(|guard| guard.is_unblocking).collect();
    let guards = if flagged.is_empty() { guards } else { flagged };
    match guards[..] {
        [guard, ref others @ ..] if others.iter().all(|other| is_same_code(other, guard)) => Ok(Some(guard)),
        [] => Ok(None),
        _ => Err(CardError::SeveralPins),
    }
}

/// Returns whether a guard is described as a PUK: it is flagged as unblocking, and not as the security
/// officer's (ISO 7816-15, section 8.9.2). Other guards may be a PUK all the same.
fn is_puk(guard: &PinObject) -> bool {
    guard.is_unblocking && !guard.is_so_pin
}

/// Returns whether two objects describe the same code.
fn is_same_code(one: &PinObject, other: &PinObject) -> bool {
    one.reference == other.reference && one.path == other.path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pkcs15::pin_object::parse;
    use crate::scripted_transport::unhex;

    const PIN: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015";
    const PUK: &str = "303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015";

    fn selected(objects: &[&str]) -> Result<(u8, u8), CardError> {
        let codes = CodePair::from_pin_objects(&parse(&unhex(&objects.concat())))?;
        Ok((codes.pin.reference, codes.puk.reference))
    }

    #[test]
    fn selects_the_pin_and_its_guard_in_any_order() {
        assert_eq!(selected(&[PIN, PUK]), Ok((0x81, 0x82)));
        assert_eq!(selected(&[PUK, PIN]), Ok((0x81, 0x82)));
        assert_eq!(selected(&[PIN, PUK, PIN]), Ok((0x81, 0x82)));
    }

    #[test]
    fn a_pin_without_a_guard_has_no_puk() {
        assert_eq!(selected(&[PIN]), Err(CardError::NoPuk));
        assert_eq!(selected(&[PUK]), Err(CardError::NoPuk));
        assert_eq!(selected(&[]), Err(CardError::NoPuk));
    }

    #[test]
    fn a_pin_that_names_itself_as_its_guard_has_no_puk() {
        let itself = PIN.replace("06C0040102", "06C0040101");
        assert_eq!(selected(&[&itself, PUK]), Err(CardError::NoPuk));
    }

    /// Regression: the first object with the guard's identifier was used as the PUK, and a PIN lost a try.
    #[test]
    fn prefers_the_object_that_is_flagged_as_unblocking() {
        let plain = PIN
            .replace("3003040101", "3003040102")
            .replace("06C0040102", "06C0040109")
            .replace("0081", "0085");
        assert_eq!(selected(&[&plain, PIN, PUK]), Ok((0x81, 0x82)));
        let second = PUK.replace("0082", "0084");
        assert_eq!(selected(&[PIN, PUK, &second]), Err(CardError::SeveralPins));
    }

    /// Regression: the security officer's PIN was called PUK, and got the code without a question.
    #[test]
    fn a_guard_that_is_not_described_as_a_puk_is_assumed_to_be_one() {
        for (flags, from_card) in [
            ("0302014A", true),  // local, initialized, unblockingPassword
            ("03020148", false), // local, initialized
            ("03020049", false), // the same, and soPassword
            ("0302004B", false), // both
        ] {
            let puk = PUK.replace("0302014A", flags);
            let codes = CodePair::from_pin_objects(&parse(&unhex(&[PIN, &puk].concat()))).unwrap();
            assert_eq!((codes.puk.reference, codes.from_card), (0x82, from_card), "{flags}");
        }
    }

    #[test]
    fn skips_a_pin_with_unblocking_disabled() {
        assert_eq!(selected(&[&PIN.replace("03020348", "03020358"), PUK]), Err(CardError::NoPuk));
    }

    #[test]
    fn skips_the_security_officers_pin() {
        // pinFlags local, initialized, soPin.
        let officers =
            PIN.replace("03020348", "03020049").replace("3003040101", "3003040103").replace("0081", "0083");
        assert_eq!(selected(&[&officers, PIN, PUK]), Ok((0x81, 0x82)));
    }

    /// Regression: the first of two PINs was selected, whether or not it was the signing PIN.
    #[test]
    fn does_not_guess_which_of_two_pins_is_for_signing() {
        let second = [
            PIN.replace("06C0040102", "06C0040104")
                .replace("3003040101", "3003040103")
                .replace("0081", "0083"),
            PUK.replace("3003040102", "3003040104").replace("0082", "0084"),
        ];
        assert_eq!(selected(&[PIN, PUK, &second[0], &second[1]]), Err(CardError::SeveralPins));
    }
}
