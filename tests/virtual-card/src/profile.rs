//! What kinds of card there are: data only.

/// A kind of card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it stands for.
    pub about: &'static str,
    /// Answer to reset without the check byte, in hex.
    atr: &'static str,
    /// Whether there is a PKCS#15 application.
    pub(crate) application: bool,
    /// Whether the PIN objects can be read.
    pub(crate) aodf_readable: bool,
    /// Whether PUK, then RESET RETRY COUNTER with the new PIN, unblocks.
    pub(crate) two_step: bool,
    /// Whether RESET RETRY COUNTER with both codes unblocks.
    pub(crate) combined: bool,
    /// Whether a VERIFY without data tells the tries left; else it counts as a wrong entry.
    pub(crate) empty_verify_is_free: bool,
    /// The status word of a blocked code.
    pub(crate) blocked: u16,
}

const AKIS_2X: Profile = Profile {
    name: "akis-2x",
    about: "AKİS 2.x as feared: an empty VERIFY costs a try",
    atr: "3B9F978131FE4580655443D2210831C073F621808105",
    application: true,
    aodf_readable: true,
    two_step: true,
    combined: true,
    empty_verify_is_free: false,
    blocked: 0x6983,
};

impl Profile {
    /// All profiles; the first is the usual one.
    pub const ALL: &'static [Self] = &[
        // Historical bytes "TC" as AKİS 2.x has them, then "SNL": this card is nobody else's.
        Self {
            name: "sanal",
            about: "the project's own virtual card: AKİS 2.x layout, tells its tries",
            atr: "3B9F978131FE4580655443534E4C31C073F621808105",
            empty_verify_is_free: true,
            ..AKIS_2X
        },
        AKIS_2X,
        Self { name: "akis-2x-combined", about: "knows the combined shape only", two_step: false, ..AKIS_2X },
        Self { name: "akis-2x-two-step", about: "knows the two-step shape only", combined: false, ..AKIS_2X },
        Self {
            name: "akis-2x-neither",
            about: "knows no shape to unblock",
            two_step: false,
            combined: false,
            ..AKIS_2X
        },
        Self {
            name: "akis-2x-aodf-unreadable",
            about: "its PIN objects cannot be read",
            aodf_readable: false,
            ..AKIS_2X
        },
        Self {
            name: "akis-1x-6984",
            about: "AKİS 1.x; blocked is 6984",
            atr: "3B9F968131FE45806755454B41451212318073B3A180",
            blocked: 0x6984,
            ..AKIS_2X
        },
        Self {
            name: "kimlik",
            about: "an identity card: no e-signature application",
            atr: "3B9F978131FE458065544312210831C073F621808105",
            application: false,
            ..AKIS_2X
        },
        Self {
            name: "yabanci",
            about: "a card of another family",
            atr: "3B9F978131FE4544454E454D45204B41525449202020",
            application: false,
            ..AKIS_2X
        },
    ];

    /// The profile of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|profile| profile.name == name)
    }

    /// The answer to reset, check byte included (ISO 7816-3, section 8.2.5: the exclusive or of
    /// everything but the first byte).
    #[must_use]
    pub fn atr(&self) -> Vec<u8> {
        let digits =
            |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let mut atr: Vec<u8> = self.atr.as_bytes().chunks_exact(2).filter_map(digits).collect();
        let check = atr.iter().skip(1).fold(0, |sum, byte| sum ^ byte);
        atr.push(check);
        atr
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_answers_to_reset_come_out_whole() {
        let hex = |name| -> String {
            Profile::named(name).unwrap().atr().iter().map(|byte| format!("{byte:02X}")).collect()
        };
        assert_eq!(hex("akis-2x"), "3B9F978131FE4580655443D2210831C073F6218081055B");
        assert_eq!(hex("kimlik"), "3B9F978131FE458065544312210831C073F6218081059B");
        assert_eq!(hex("akis-1x-6984"), "3B9F968131FE45806755454B41451212318073B3A180EA");
    }

    #[test]
    fn names_are_unique_and_every_answer_to_reset_has_fifteen_historical_bytes() {
        for profile in Profile::ALL {
            assert_eq!(Profile::ALL.iter().filter(|other| other.name == profile.name).count(), 1);
            assert_eq!(profile.atr().len(), 7 + 15 + 1, "{}", profile.name);
        }
    }
}
