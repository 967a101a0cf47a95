//! Card families, identified by the historical bytes of the ATR.

use crate::hex::hex;
use crate::iso7816::atr::historical_bytes;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// The properties of a card family: a row of `data/families.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The name to display.
    pub name: String,
    /// The first historical bytes of its cards, in hex; the longest match wins.
    historical: String,
    /// Whether identity cards may have the same ATR.
    pub shares_with_identity_card: bool,
    /// Whether a VERIFY without data is known to report the tries left without using one. It is sent to no
    /// other family.
    pub empty_verify_is_free: bool,
    /// Whether the source states which command unblocks the PIN. Otherwise the module of the card's maker is
    /// preferred, or the user has to agree to commands that may not be the right ones.
    pub unblock_command_is_certain: bool,
    /// Whether CHANGE REFERENCE DATA expects a length before each code, and distinguishes specific codes in
    /// P1 instead of bit 8 of P2.
    #[serde(default)]
    pub(crate) change_has_lengths: bool,
    /// Whether tag 90 of the application's control information reports wrong entries of the PIN: bit 40 after
    /// the first, bit 80 at the last try.
    #[serde(default)]
    pub(crate) control_information_tells_tries: bool,
    /// The source of the row, and how certain it is.
    pub source: String,
}

impl Family {
    /// Returns the family of the card with this ATR; `None` if it belongs to no known family.
    #[must_use]
    pub fn from_atr(atr: &[u8]) -> Option<Self> {
        let historical = hex(historical_bytes(atr)?);
        families()
            .into_iter()
            .filter(|family| historical.starts_with(&family.historical))
            .max_by_key(|family| family.historical.len())
    }

    /// Returns a family without known properties, for tests with third-party cards.
    #[cfg(feature = "third-party-cards")]
    pub(crate) fn third_party() -> Self {
        Self {
            name: "third-party".into(),
            historical: String::new(),
            shares_with_identity_card: false,
            empty_verify_is_free: false,
            unblock_command_is_certain: false,
            change_has_lengths: false,
            control_information_tells_tries: false,
            source: "none".into(),
        }
    }
}

/// Parses the embedded file. A test ensures that it is valid, so the default is never used.
fn families() -> Vec<Family> {
    serde_json::from_str(include_str!("../data/families.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::unhex;

    fn name(atr: &str) -> Option<String> {
        Family::from_atr(&unhex(atr)).map(|family| family.name)
    }

    #[test]
    fn recognizes_each_generation() {
        assert_eq!(name("3BBA11008131FE4D55454B41452056312E30AE").as_deref(), Some("AKİS 1.0"));
        assert_eq!(name("3B9F968131FE45806755454B41451212318073B3A180EA").as_deref(), Some("AKİS 1.x"));
        assert_eq!(name("3B9F978131FE4580655443D2210831C073F6218081055B").as_deref(), Some("AKİS 2.x"));
        assert_eq!(name("3B8F80018065544320141331C073F4A180810508").as_deref(), Some("AKİS 2.x"));
    }

    #[test]
    fn the_longest_match_wins() {
        let virtual_card = "3B9F978131FE4580655443534E4C31C073F62180810500";
        assert_eq!(name(virtual_card).as_deref(), Some("AKİS 2.x (sanal deneme kartı)"));
    }

    #[test]
    fn rejects_other_cards_and_truncated_atrs() {
        for atr in [
            "",
            "3B",
            "3B9F",
            "3B9F978131FE45806554",                       // truncated
            "3B951381018073FF01000B",                     // the virtual reader's default card
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

    /// Nobody has unblocked a real card with this product yet.
    #[test]
    fn the_unblock_command_is_certain_for_the_virtual_card_only() {
        let mut certain = families().into_iter().filter(|family| family.unblock_command_is_certain);
        assert_eq!(
            certain.next().map(|family| family.name).as_deref(),
            Some("AKİS 2.x (sanal deneme kartı)")
        );
        assert_eq!(certain.next(), None);
    }

    #[test]
    fn no_real_card_gets_an_empty_verify() {
        let mut queried = families().into_iter().filter(|family| family.empty_verify_is_free);
        assert!(queried.all(|family| family.name.contains("sanal")));
    }
}
