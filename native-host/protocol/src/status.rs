//! Readers, cards and the state of their codes.

use crate::{CardRoute, Certificate, Problem};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The readers that the smart-card service reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// All readers, in the order of the service.
    pub readers: Vec<ReaderStatus>,
}

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderStatus {
    /// The PC/SC name.
    pub name: String,
    /// The e-signature card in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardStatus>,
    /// Why there is no usable card: none inserted, no response, not supported, an identity card …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
}

/// One e-signature card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardStatus {
    /// The name of the card family for display, such as "AKİS 2.x".
    pub family: String,
    /// The state of the PIN.
    pub pin: CodeState,
    /// The state of the PUK that unblocks it.
    pub puk: CodeState,
    /// The origin of the references and formats of the codes.
    pub codes_from: CodesFrom,
    /// Which codes the user can change.
    pub changeable: Changeable,
    /// The way that codes take to it, as far as is known without loading a module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<CardRoute>,
    /// The cardholder's certificates, those for signing first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
}

/// Which codes can be changed by entering them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changeable {
    /// The PIN.
    pub pin: bool,
    /// The PUK.
    pub puk: bool,
}

/// The state of a PIN or PUK, read without using a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CodeState {
    /// The code can be entered.
    Usable {
        /// The tries left, if the card reports them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tries: Option<u8>,
    },
    /// Too many wrong entries.
    Blocked,
    /// The card does not report the state without using a try.
    Unknown,
}

/// The origin of the references and formats of the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodesFrom {
    /// The PIN objects on the card (ISO 7816-15, EF(AODF)).
    Card,
    /// Assumed, because not all PIN objects can be read.
    Assumption,
}
