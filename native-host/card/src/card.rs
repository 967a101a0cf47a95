//! An e-signature card: found, described, unblocked.

use crate::apdu::{Command, exchange};
use crate::application::Application;
use crate::unblock::{UnblockError, unblock};
use crate::{CodeRule, Family, LinkError, Secret, StatusWord, Transport};

/// A card with an e-signature application.
pub struct Card {
    family: &'static Family,
    application: Application,
}

/// Why a card is not one for us. It received no VERIFY, CHANGE or RESET command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its ATR is of no AKİS family.
    NotAkis,
    /// No e-signature application, on a card whose ATR identity cards have too.
    IdentityCard,
    /// No e-signature application.
    NoApplication,
    /// The application describes no PIN that a PUK unblocks.
    NoPuk,
    /// No answer.
    Link(LinkError),
}

impl From<LinkError> for Refusal {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

/// What is known of a code without trying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// It can be entered; tries left where the card says so.
    Usable(Option<u8>),
    /// Too many wrong entries.
    Blocked,
    /// The card does not say, or it is not known that asking is free.
    Unknown,
}

impl Card {
    /// Looks at a card with nothing but SELECT and READ BINARY.
    ///
    /// # Errors
    /// The reason why this is no e-signature card.
    pub fn open(card: &mut dyn Transport, atr: &[u8]) -> Result<Self, Refusal> {
        let family = Family::of(atr).ok_or(Refusal::NotAkis)?;
        match Application::find(card)? {
            Some(application) => Ok(Self { family, application }),
            None if family.shares_with_identity_card => Err(Refusal::IdentityCard),
            None => Err(Refusal::NoApplication),
        }
    }

    /// The card's family.
    #[must_use]
    pub fn family(&self) -> &'static Family {
        self.family
    }

    /// Whether references and lengths come from the card's own PIN objects, or are assumed.
    #[must_use]
    pub fn codes_are_from_card(&self) -> bool {
        self.application.codes.from_card
    }

    /// The rule for the PIN.
    #[must_use]
    pub fn pin_rule(&self) -> &CodeRule {
        &self.application.codes.pin.rule
    }

    /// The rule for the PUK.
    #[must_use]
    pub fn puk_rule(&self) -> &CodeRule {
        &self.application.codes.puk.rule
    }

    /// The state of the PIN; spends no try.
    ///
    /// # Errors
    /// Where the card does not answer.
    pub fn pin_state(&self, card: &mut dyn Transport) -> Result<CodeState, LinkError> {
        self.state(card, self.application.codes.pin.reference)
    }

    /// The state of the PUK; spends no try.
    ///
    /// # Errors
    /// Where the card does not answer.
    pub fn puk_state(&self, card: &mut dyn Transport) -> Result<CodeState, LinkError> {
        self.state(card, self.application.codes.puk.reference)
    }

    /// VERIFY without data asks for the tries left (ISO 7816-4, section 7.5.6). Some cards count it
    /// as a wrong entry, so only families get it that are known to answer.
    fn state(&self, card: &mut dyn Transport, reference: u8) -> Result<CodeState, LinkError> {
        if !self.family.empty_verify_is_free {
            return Ok(CodeState::Unknown);
        }
        let ask = Command { ins: 0x20, p1: 0, p2: reference, data: &[], le: None };
        Ok(match exchange(card, ask)?.status {
            StatusWord::Ok => CodeState::Usable(None),
            status if status.is_blocked() => CodeState::Blocked,
            StatusWord::WrongCode(left) => CodeState::Usable(Some(left)),
            _ => CodeState::Unknown,
        })
    }

    /// Unblocks the PIN. The codes must have passed [`Self::puk_rule`] and [`Self::pin_rule`], and
    /// the card must be the one that was opened: on the same handle, not reset since.
    ///
    /// # Errors
    /// See [`UnblockError`]; after each of them both codes are gone.
    pub fn unblock(
        &self,
        card: &mut dyn Transport,
        puk: Secret,
        new_pin: Secret,
    ) -> Result<(), UnblockError> {
        match self.application.select(card)? {
            StatusWord::Ok => unblock(card, &self.application.codes, puk, new_pin),
            other => Err(UnblockError::Failed(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::{Script, unhex};

    const AKIS_2: &str = "3B9F978131FE4580655443D2210831C073F6218081055B";
    const AKIS_1: &str = "3B9F968131FE45806755454B41451212318073B3A180EA";
    const VIRTUAL: &str = "3B9F978131FE4580655443534E4C31C073F62180810500";
    const NO_APPLICATION: [(&str, &str); 3] = [
        ("00A404000CA000000063504B43532D313500", "6A82"),
        ("00A4040007504B43532D313500", "6A82"),
        ("00A40800022F0000", "6A82"),
    ];
    const ASSUMED_CODES: [(&str, &str); 2] =
        [("00A404000CA000000063504B43532D313500", "9000"), ("00A40000025031 00", "6A82")];

    fn refusal(atr: &str, lines: &[(&str, &str)]) -> Option<Refusal> {
        Card::open(&mut Script::new(lines), &unhex(atr)).err()
    }

    #[test]
    fn a_foreign_card_gets_no_command_at_all() {
        assert_eq!(refusal("3B951381018073FF01000B", &[]), Some(Refusal::NotAkis));
    }

    #[test]
    fn without_an_application_the_identity_cards_family_is_named() {
        assert_eq!(refusal(AKIS_2, &NO_APPLICATION), Some(Refusal::IdentityCard));
        assert_eq!(refusal(AKIS_1, &NO_APPLICATION), Some(Refusal::NoApplication));
    }

    #[test]
    fn a_family_that_may_count_an_empty_verify_is_not_asked() {
        let mut script = Script::new(&ASSUMED_CODES);
        let card = Card::open(&mut script, &unhex(AKIS_2)).unwrap();
        assert_eq!(card.pin_state(&mut script), Ok(CodeState::Unknown));
        assert_eq!(card.puk_state(&mut script), Ok(CodeState::Unknown));
    }

    #[test]
    fn a_family_that_tells_is_asked() {
        for (answer, state) in [
            ("63C2", CodeState::Usable(Some(2))),
            ("63C0", CodeState::Blocked),
            ("6983", CodeState::Blocked),
            ("6984", CodeState::Blocked),
            ("9000", CodeState::Usable(None)),
            ("6985", CodeState::Unknown),
        ] {
            let mut lines = ASSUMED_CODES.to_vec();
            lines.push(("00200081", answer));
            let mut script = Script::new(&lines);
            let card = Card::open(&mut script, &unhex(VIRTUAL)).unwrap();
            assert_eq!(card.pin_state(&mut script), Ok(state), "{answer}");
        }
    }

    #[test]
    fn the_application_is_selected_again_before_the_puk_goes_out() {
        let mut lines = ASSUMED_CODES.to_vec();
        lines.push(("00A404000CA000000063504B43532D313500", "6A82"));
        let mut script = Script::new(&lines);
        let card = Card::open(&mut script, &unhex(AKIS_2)).unwrap();
        let code = |text: &str| text.bytes().collect();
        let outcome = card.unblock(&mut script, code("12345678"), code("654321"));
        assert_eq!(outcome, Err(UnblockError::Failed(StatusWord::FileNotFound)));
    }
}
