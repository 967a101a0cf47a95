//! A virtual smart card with the commands and files that AKİS e-signature cards are expected to have: a
//! PKCS#15 application (ISO 7816-15) with one PIN and the PUK that unblocks it.
//!
//! [`Card`] takes a command APDU and returns the response; it does no I/O and reads no clock. The binary of
//! the same package inserts it into the virtual reader of `vsmartcard-vpcd`, where any PC/SC program finds
//! it.
//!
//! It is a test double and not a copy of an AKİS card. It was written from ISO 7816-4, ISO 7816-15 and
//! OpenSC's driver, and **was never compared with a physical AKİS card**. It has no keys and no secure
//! messaging, and its certificates are fictitious. Where the standards leave a choice, or AKİS generations
//! may differ, there is a [`Profile`] for each possibility, so that a program that works with all of them
//! relies on no assumption.

mod apdu;
mod card;
mod codes;
mod file_selection;
mod files;
mod profile;
mod program;
mod reference_data;
mod status_word;
mod unblock;
mod validity;

pub use apdu::{Command, Expected};
pub use card::{Card, Settings};
pub use files::{Directory, File};
pub use profile::{
    ChangeFormat, EmptyVerifyEffect, PROFILES, Profile, ResponseMode, SelectMode, UnblockForms,
};
pub use program::program;
pub use reference_data::{Code, MAX_TRIES};
pub use status_word::StatusWord;
pub use validity::Validity;
