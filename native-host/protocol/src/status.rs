//! Readers, cards and the state of their codes.

use crate::Problem;
use serde::{Deserialize, Serialize};

/// What the smart-card service sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// All readers, in the service's order.
    pub readers: Vec<ReaderStatus>,
}

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderStatus {
    /// Its PC/SC name.
    pub name: String,
    /// The e-signature card in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardStatus>,
    /// Why there is no such card: empty, silent, foreign, an identity card …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
}

/// One e-signature card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardStatus {
    /// The family's name for people, such as "AKİS 2.x".
    pub family: String,
    /// The state of the PIN.
    pub pin: CodeState,
    /// The state of the PUK that guards it.
    pub puk: CodeState,
    /// Where the references and lengths of the codes come from.
    pub codes_from: CodesFrom,
    /// Which codes the card lets their owner change.
    pub changeable: Changeable,
    /// The holder's certificates, those for signing first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
}

/// Which codes can be changed by whoever knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changeable {
    /// The PIN.
    pub pin: bool,
    /// The PUK.
    pub puk: bool,
}

/// What a certificate says of itself; nobody has checked its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The holder's name.
    pub holder: String,
    /// The certificate's serial number, hex digits.
    pub serial: String,
    /// Who issued it.
    pub issuer: String,
    /// It holds from this second on (since 1970, UTC).
    pub from: u64,
    /// It holds until this second.
    pub until: u64,
}

/// What is known of a PIN or PUK without trying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CodeState {
    /// It can be entered.
    Usable {
        /// Wrong entries that remain, where the card says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tries: Option<u8>,
    },
    /// Too many wrong entries.
    Blocked,
    /// This card does not say without being tried.
    Unknown,
}

/// Where the references and lengths of the codes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodesFrom {
    /// From the card's own PIN objects (ISO 7816-15 AODF).
    Card,
    /// Assumed, because the card's PIN objects cannot be read.
    Assumption,
}
