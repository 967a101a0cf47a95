//! An AKİS-like PKCS#15 card as a pure machine: a command APDU in, a response APDU out.
//!
//! It is made from ISO 7816-4 and 7816-15 and from what OpenSC accepts, and comes in profiles for
//! what is known, likely or feared of real cards. It is not an AKİS card: nobody here has tried a
//! physical one. OpenSC's tools list, verify, change and unblock it, which our own code cannot fake.

mod apdu;
mod card;
mod files;
mod profile;
mod reference;

pub use card::Card;
pub use profile::Profile;
pub use reference::Codes;
