//! A virtual smart card with the commands and files that AKİS e-signature cards are expected to
//! have: a PKCS#15 application (ISO 7816-15) with one PIN and the PUK that unblocks it.
//!
//! What it is: a test double. [`Card`] takes a command APDU and returns the response; it does no
//! I/O and knows no clock. The binary of the same package puts it into the virtual reader of
//! `vsmartcard-vpcd`, where any PC/SC program finds it.
//!
//! What it is not: a copy of an AKİS card. It was written from ISO 7816-4, ISO 7816-15 and the way
//! OpenSC talks to such cards, and **nobody has compared it with a physical AKİS card**. It has
//! no keys and no secure messaging, and its certificates belong to nobody. Where the standards leave a choice, or where AKİS
//! generations may differ, there is a [`Profile`] for each possibility, so that a program that
//! works with all of them does not depend on a guess.

mod apdu;
mod card;
mod codes;
mod cursor;
mod files;
mod pins;
mod profile;
mod program;
mod status_word;
mod unblock;
mod validity;

pub use apdu::{Command, Expected};
pub use card::{Card, Settings};
pub use files::{Directory, File};
pub use pins::{Code, MAX_TRIES};
pub use profile::{Answers, Change, EmptyVerify, PROFILES, Profile, Selecting, Unblock};
pub use program::program;
pub use status_word::StatusWord;
pub use validity::Validity;
