//! Card families, told apart by the historical bytes of the ATR.

use crate::atr::historical_bytes;
use crate::hex::hex;
use serde::Deserialize;
use std::sync::OnceLock;

/// What is known of a family: a row of `data/families.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Its name for people.
    pub name: String,
    /// How its historical bytes begin, in hex; the longest beginning that fits wins.
    historical: String,
    /// Whether identity cards have such an ATR too.
    pub shares_with_identity_card: bool,
    /// Whether a VERIFY without data is known to tell the tries left without spending one. Where
    /// it is not known, it is not sent.
    pub empty_verify_is_free: bool,
    /// CHANGE REFERENCE DATA wants a length before each code, and P1 instead of bit 8 of P2 for codes
    /// of the application.
    #[serde(default)]
    pub(crate) change_has_lengths: bool,
    /// Tag 90 of the application's control information tells of wrong entries of its PIN: bit 40
    /// one so far, bit 80 the last try.
    #[serde(default)]
    pub(crate) control_information_tells_tries: bool,
    /// Where the row comes from, and how certain it is.
    pub source: String,
}

impl Family {
    /// The family of the card with this ATR; none for a card that is no AKİS.
    #[must_use]
    pub fn from_atr(atr: &[u8]) -> Option<&'static Self> {
        let historical = hex(historical_bytes(atr)?);
        families()
            .iter()
            .filter(|family| historical.starts_with(&family.historical))
            .max_by_key(|family| family.historical.len())
    }
}

#[cfg(feature = "third-party-cards")]
impl Family {
    /// None of ours: nothing is known of it.
    pub(crate) fn third_party() -> &'static Self {
        static FOREIGN: OnceLock<Family> = OnceLock::new();
        FOREIGN.get_or_init(|| Self {
            name: "foreign".to_owned(),
            historical: String::new(),
            shares_with_identity_card: false,
            empty_verify_is_free: false,
            change_has_lengths: false,
            control_information_tells_tries: false,
            source: "none".to_owned(),
        })
    }
}

fn families() -> &'static [Family] {
    static FAMILIES: OnceLock<Vec<Family>> = OnceLock::new();
    // The file is part of the program and a test reads it: an unreadable one never ships.
    FAMILIES.get_or_init(|| serde_json::from_str(include_str!("../data/families.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::unhex;

    fn name(atr: &str) -> Option<&'static str> {
        Family::from_atr(&unhex(atr)).map(|family| family.name.as_str())
    }

    #[test]
    fn each_generation_is_recognised() {
        assert_eq!(name("3BBA11008131FE4D55454B41452056312E30AE"), Some("AKİS 1.0"));
        assert_eq!(name("3B9F968131FE45806755454B41451212318073B3A180EA"), Some("AKİS 1.x"));
        assert_eq!(name("3B9F978131FE4580655443D2210831C073F6218081055B"), Some("AKİS 2.x"));
        assert_eq!(name("3B8F80018065544320141331C073F4A180810508"), Some("AKİS 2.x"));
    }

    #[test]
    fn the_longest_beginning_wins() {
        let virtual_card = "3B9F978131FE4580655443534E4C31C073F62180810500";
        assert_eq!(name(virtual_card), Some("AKİS 2.x (sanal deneme kartı)"));
    }

    #[test]
    fn other_cards_and_broken_answers_are_no_akis() {
        for atr in [
            "",
            "3B",
            "3B9F",
            "3B9F978131FE45806554",                       // cut off
            "3B951381018073FF01000B",                     // the virtual reader's own card
            "3BDA18FF81B1FE751F030031C573C001400090000C", // an OpenPGP card
        ] {
            assert_eq!(name(atr), None, "{atr}");
        }
    }

    #[test]
    fn every_row_has_a_source() {
        assert!(!families().is_empty());
        assert!(families().iter().all(|family| !family.source.is_empty()));
    }

    #[test]
    fn an_empty_verify_is_sent_to_no_real_card() {
        let asked: Vec<_> = families().iter().filter(|family| family.empty_verify_is_free).collect();
        assert!(asked.iter().all(|family| family.name.contains("sanal")));
    }
}
