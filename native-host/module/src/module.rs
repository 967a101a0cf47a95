//! The calls that the helper makes.

use crate::code::Code;
use cryptoki_sys::{CK_FLAGS, CK_RV, CK_SESSION_HANDLE, CK_SLOT_ID, CK_VERSION};

/// The return value of a call that failed; never `CKR_OK`.
pub type Failure = CK_RV;

/// A loaded module; in tests a scripted one. Each function makes the calls of the specification that it is named
/// after, once.
pub trait Module {
    /// Initializes the module. AKİS's accepts no argument; others need one to be told that locks are allowed.
    fn initialize(&self) -> Result<(), Failure>;

    /// Ends the module.
    fn finalize(&self) -> Result<(), Failure>;

    /// Returns the name of its maker and its version.
    fn info(&self) -> Result<(String, CK_VERSION), Failure>;

    /// Returns the slots with a token. A module may omit them from a list of those only.
    fn slots_with_token(&self) -> Result<Vec<CK_SLOT_ID>, Failure>;

    /// Returns the flags of the token in a slot.
    fn token_flags(&self, slot: CK_SLOT_ID) -> Result<CK_FLAGS, Failure>;

    /// Opens a session; `extra` are flags beside those of every session.
    fn open_session(&self, slot: CK_SLOT_ID, extra: CK_FLAGS) -> Result<CK_SESSION_HANDLE, Failure>;

    /// Closes a session.
    fn close_session(&self, session: CK_SESSION_HANDLE) -> Result<(), Failure>;

    /// Returns the certificates of the token that are readable without a code, in their encoding (DER).
    fn certificates(&self, session: CK_SESSION_HANDLE) -> Result<Vec<Vec<u8>>, Failure>;

    /// Logs in as security officer.
    fn login_so(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure>;

    /// Sets the user's PIN, as security officer.
    fn init_pin(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure>;

    /// Changes the code of whoever is logged in; that of the user if nobody is.
    fn set_pin(&self, session: CK_SESSION_HANDLE, old: &mut Code, new: &mut Code) -> Result<(), Failure>;
}
