//! What the installed module says about itself, for diagnoses and reports.

use crate::conversation::Conversation;
use crate::helper_process::HelperProcess;
use crate::installed::installed_module;
use crate::message::{Found, Token};
use crate::number::widened;
use crate::route::only_token_with;
use cryptoki_sys::*;
use eimza_display_text::DisplayText;
use eimza_session::Certificate;

/// What the installed module says. It contains no name, number or code of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleReport {
    /// The name of its maker, as it says.
    pub maker: DisplayText,
    /// Its version.
    pub version: (u8, u8),
    /// The flags of each token that is present.
    pub tokens: Vec<TokenFlags>,
    /// The tokens themselves.
    found: Vec<Token>,
}

/// The flags of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenFlags(u64);

/// Starts a helper process and returns what the module says; `None` if there is no trusted module, or it fails.
/// Logs in nowhere.
#[must_use]
pub fn module_report() -> Option<ModuleReport> {
    if !installed_module().is_trusted() {
        return None;
    }
    HelperProcess::start().ok()?.find().ok().map(ModuleReport::from)
}

impl From<Found> for ModuleReport {
    fn from(found: Found) -> Self {
        Self {
            maker: DisplayText::new(&found.maker),
            version: found.version,
            tokens: found.tokens.iter().map(|token| TokenFlags(token.flags)).collect(),
            found: found.tokens,
        }
    }
}

impl ModuleReport {
    /// Returns whether exactly one token has this certificate: codes for its card take the module then.
    #[must_use]
    pub fn shows(&self, certificate: &Certificate) -> bool {
        only_token_with(&self.found, |der| certificate.is_encoded_as(der)).is_some()
    }
}

/// The flags that say something about codes, with their names in the specification.
const NAMES: [(CK_FLAGS, &str); 12] = [
    (CKF_LOGIN_REQUIRED, "LOGIN_REQUIRED"),
    (CKF_USER_PIN_INITIALIZED, "USER_PIN_INITIALIZED"),
    (CKF_PROTECTED_AUTHENTICATION_PATH, "PROTECTED_AUTHENTICATION_PATH"),
    (CKF_TOKEN_INITIALIZED, "TOKEN_INITIALIZED"),
    (CKF_USER_PIN_COUNT_LOW, "USER_PIN_COUNT_LOW"),
    (CKF_USER_PIN_FINAL_TRY, "USER_PIN_FINAL_TRY"),
    (CKF_USER_PIN_LOCKED, "USER_PIN_LOCKED"),
    (CKF_USER_PIN_TO_BE_CHANGED, "USER_PIN_TO_BE_CHANGED"),
    (CKF_SO_PIN_COUNT_LOW, "SO_PIN_COUNT_LOW"),
    (CKF_SO_PIN_FINAL_TRY, "SO_PIN_FINAL_TRY"),
    (CKF_SO_PIN_LOCKED, "SO_PIN_LOCKED"),
    (CKF_SO_PIN_TO_BE_CHANGED, "SO_PIN_TO_BE_CHANGED"),
];

impl TokenFlags {
    /// Returns all flags as a number.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Returns the names of those flags that say something about codes.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        NAMES.iter().filter(|(flag, _)| self.0 & widened(*flag) != 0).map(|(_, name)| *name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_module_are_cleaned() {
        let found = Found { maker: "TÜB\u{1B}[31mİTAK\n".to_owned(), version: (2, 3), tokens: vec![] };
        assert_eq!(ModuleReport::from(found).maker.as_str(), "TÜB[31mİTAK");
    }

    #[test]
    fn flags_have_the_names_of_the_specification() {
        let flags = CKF_SO_PIN_LOCKED | CKF_LOGIN_REQUIRED | CKF_RNG;
        let token = Token { slot: 0, flags: widened(flags), certificates: vec![] };
        let report = ModuleReport::from(Found { maker: String::new(), version: (1, 0), tokens: vec![token] });
        assert_eq!(report.tokens[0].names(), ["LOGIN_REQUIRED", "SO_PIN_LOCKED"]);
        assert_eq!(report.tokens[0].bits(), widened(flags));
    }
}
