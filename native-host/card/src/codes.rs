//! A PIN and the PUK that guards it, out of the objects that a card describes.

use crate::CardError;
use crate::path::Path;
use crate::pin_object::{CodeFormat, PinObject};

/// References of PIN and PUK, LIKELY on AKİS cards: used only where the application is there and
/// its PIN objects cannot be read.
const ASSUMED_PIN: u8 = 0x81;
const ASSUMED_PUK: u8 = 0x82;

/// A PIN and the PUK that guards it.
#[derive(Debug)]
pub(crate) struct Codes {
    pub pin: Code,
    pub puk: Code,
    /// False where references and lengths are assumed.
    pub from_card: bool,
}

/// What a command needs to know of a code.
#[derive(Debug)]
pub(crate) struct Code {
    pub reference: u8,
    pub format: CodeFormat,
    /// Whoever knows it can change it.
    pub changeable: bool,
    /// The directory that it belongs to, where its object names one: the same reference is another code
    /// elsewhere (ISO 7816-4, section 7.5.1).
    pub path: Option<Path>,
}

impl Codes {
    /// Where the card's own description may not be read.
    pub(crate) fn assumed() -> Self {
        Self::described(ASSUMED_PIN, ASSUMED_PUK)
    }

    /// With these references, and nothing else known.
    pub(crate) fn described(pin: u8, puk: u8) -> Self {
        let code = |reference| Code { reference, format: CodeFormat::ASSUMED, changeable: true, path: None };
        Self { pin: code(pin), puk: code(puk), from_card: false }
    }

    /// The PIN that another code guards and may unblock, with its guard.
    ///
    /// # Errors
    /// Where there is none, or more than one: which of them signs is not guessed.
    pub(crate) fn choose(found: &[PinObject]) -> Result<Self, CardError> {
        let pins = found.iter().filter(|pin| !pin.unblocks && !pin.officers && pin.unblockable);
        let mut pairs = Vec::new();
        for pin in pins {
            pairs.extend(guard_of(pin, found)?.map(|guard| (pin, guard)));
        }
        let Some(&(pin, puk)) = pairs.first() else { return Err(CardError::NoPuk) };
        // The same PIN may be described twice.
        if pairs.iter().any(|(other, _)| !is_same(other, pin)) {
            return Err(CardError::SeveralPins);
        }
        let code = |object: &PinObject| Code {
            reference: object.reference,
            format: object.format.clone(),
            changeable: object.changeable,
            path: object.path.clone(),
        };
        Ok(Self { pin: code(pin), puk: code(puk), from_card: true })
    }
}

/// The code that guards a PIN: that with the identifier which the PIN names, and of several the one that says
/// that it unblocks.
fn guard_of<'a>(pin: &PinObject, found: &'a [PinObject]) -> Result<Option<&'a PinObject>, CardError> {
    let guards: Vec<_> = found
        .iter()
        .filter(|other| Some(&other.id) == pin.guarded_by.as_ref() && !is_same(other, pin))
        .collect();
    let flagged: Vec<_> = guards.iter().copied().filter(|guard| guard.unblocks).collect();
    let guards = if flagged.is_empty() { guards } else { flagged };
    match guards[..] {
        [guard, ref others @ ..] if others.iter().all(|other| is_same(other, guard)) => Ok(Some(guard)),
        [] => Ok(None),
        _ => Err(CardError::SeveralPins),
    }
}

/// Whether two objects describe the same code.
fn is_same(one: &PinObject, other: &PinObject) -> bool {
    one.reference == other.reference && one.path == other.path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pin_object::parse;
    use crate::scripted::unhex;

    const PIN: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F005015";
    const PUK: &str = "303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F005015";

    fn chosen(objects: &[&str]) -> Result<(u8, u8), CardError> {
        let codes = Codes::choose(&parse(&unhex(&objects.concat())))?;
        Ok((codes.pin.reference, codes.puk.reference))
    }

    #[test]
    fn the_pin_and_its_guard_are_chosen_in_any_order() {
        assert_eq!(chosen(&[PIN, PUK]), Ok((0x81, 0x82)));
        assert_eq!(chosen(&[PUK, PIN]), Ok((0x81, 0x82)));
        assert_eq!(chosen(&[PIN, PUK, PIN]), Ok((0x81, 0x82)));
    }

    #[test]
    fn a_pin_without_a_guard_has_no_puk() {
        assert_eq!(chosen(&[PIN]), Err(CardError::NoPuk));
        assert_eq!(chosen(&[PUK]), Err(CardError::NoPuk));
        assert_eq!(chosen(&[]), Err(CardError::NoPuk));
    }

    #[test]
    fn a_pin_that_names_itself_as_its_guard_has_no_puk() {
        let itself = PIN.replace("06C0040102", "06C0040101");
        assert_eq!(chosen(&[&itself, PUK]), Err(CardError::NoPuk));
    }

    /// The first object with the guard's identifier was taken, and a PIN lost a try.
    #[test]
    fn of_two_objects_with_the_guards_identifier_the_one_that_unblocks_is_the_puk() {
        let plain = PIN
            .replace("3003040101", "3003040102")
            .replace("06C0040102", "06C0040109")
            .replace("0081", "0085");
        assert_eq!(chosen(&[&plain, PIN, PUK]), Ok((0x81, 0x82)));
        let second = PUK.replace("0082", "0084");
        assert_eq!(chosen(&[PIN, PUK, &second]), Err(CardError::SeveralPins));
    }

    #[test]
    fn a_pin_that_its_guard_may_not_unblock_is_passed_over() {
        assert_eq!(chosen(&[&PIN.replace("03020348", "03020358"), PUK]), Err(CardError::NoPuk));
    }

    #[test]
    fn a_security_officers_pin_is_none_of_the_users() {
        // pinFlags local, initialized, soPin.
        let officers =
            PIN.replace("03020348", "03020049").replace("3003040101", "3003040103").replace("0081", "0083");
        assert_eq!(chosen(&[&officers, PIN, PUK]), Ok((0x81, 0x82)));
    }

    /// The first of two was taken, whichever of them signs.
    #[test]
    fn which_of_two_pins_signs_is_not_guessed() {
        let second = [
            PIN.replace("06C0040102", "06C0040104")
                .replace("3003040101", "3003040103")
                .replace("0081", "0083"),
            PUK.replace("3003040102", "3003040104").replace("0082", "0084"),
        ];
        assert_eq!(chosen(&[PIN, PUK, &second[0], &second[1]]), Err(CardError::SeveralPins));
    }
}
