//! User-facing errors, named by what the user can do about them.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use serde::{Deserialize, Serialize};

/// A user-facing error with a stable code. Its messages are in `extension/_locales`: `problem_<code>` says
/// what happened, `remedy_<code>` what to do. `Display` writes the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.code())]
#[serde(tag = "code", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Problem {
    /// The input was not a request: not JSON, or an unknown field or command.
    BadRequest {
        /// The error of the parser, in English, for developers.
        reason: String,
    },
    /// A request was longer than [`crate::MAX_REQUEST_LEN`].
    TooLarge,
    /// Another operation is in progress, or too many requests are waiting.
    Busy,
    /// Another extension started the host.
    OriginRefused,

    /// The smart-card service (pcscd, SCardSvr) is not running.
    NoService,
    /// The smart-card service refuses this user or session, by a rule of polkit or its own rights.
    ServiceRefused,
    /// This user may not connect to the socket of the smart-card service.
    ServiceSocketDenied {
        /// The path of the socket.
        path: String,
    },
    /// No reader is connected.
    NoReader,
    /// The requested reader is not connected, or was disconnected.
    ReaderGone,
    /// The reader or its driver failed.
    ReaderFailed,
    /// No card is in the reader.
    NoCard,
    /// Several readers hold an e-signature card and the request names none.
    SeveralCards,
    /// The card does not respond.
    CardSilent,
    /// Another program has exclusive access to the card.
    CardBusy,
    /// The card was removed during the operation.
    CardRemoved,
    /// The card was reset or replaced during the prompt; the codes were discarded.
    CardChanged,
    /// The card belongs to no supported family.
    NotAkis,
    /// The card is an identity card: it shares its family with e-signature cards, but is not for signing.
    IdentityCard,
    /// The card may be an identity card: its family includes them, and its certificates cannot be read.
    Unrecognised,
    /// The card has no e-signature application.
    NoApplication,
    /// The card describes no PIN with a PUK.
    NoPuk,
    /// The card describes several PINs with a PUK, but not which one is for signing.
    SeveralPins,
    /// The card returned an unexpected status word.
    CardFailed {
        /// The status word (ISO 7816-4), four hex digits.
        status: String,
    },

    /// No graphical prompt program is installed.
    PromptMissing,
    /// The prompt program found no display.
    NoDisplay,
    /// The prompt program failed.
    PromptFailed,
    /// The user closed the prompt.
    Cancelled,
    /// The user did not respond to the prompt in time.
    TimedOut,
    /// Three consecutive entries violated the format of the code; nothing was sent to the card.
    Malformed,

    /// The PUK is wrong.
    PukWrong {
        /// The tries left, if the card reports them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tries: Option<u8>,
    },
    /// The PUK is blocked: the card can no longer be unblocked.
    PukBlocked,
    /// The card rejected the new PIN.
    PinRefused,
    /// The current PIN is wrong.
    PinWrong {
        /// The tries left, if the card reports them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tries: Option<u8>,
    },
    /// The PIN is blocked: only the PUK, or Kamu SM, can unblock it.
    PinBlocked,
    /// The card rejected the new PUK.
    PukRefused,
    /// The card does not support changing this code; no try was used.
    ChangeUnsupported,
    /// Codes were sent and the card did not respond: their effect is unknown.
    OutcomeUnknown,
    /// The card supports neither standard form of unblocking; no try was used.
    UnlockUnsupported,
    /// The installed driver does not support a connected reader.
    ReaderDriver {
        /// The Debian package with a driver that supports it.
        package: String,
    },
    /// No PKCS#11 module of the cards' maker is installed.
    ModuleMissing,
    /// Somebody else than the administrator can change the module; it is not loaded.
    ModuleUnsafe {
        /// The folder or file that others can change.
        path: String,
    },
    /// The module cannot be loaded, or does not answer.
    ModuleFailed,
    /// The host is not registered in the browser.
    NotRegistered,
    /// The host manifest for the browser cannot be read.
    ManifestBroken {
        /// The path of the manifest.
        path: String,
    },
    /// The host manifest for the browser was written by another program.
    ManifestOfOthers {
        /// The path of the manifest.
        path: String,
    },
    /// The host manifest for the browser differs from what the host writes: browsers may refuse it, or it lets
    /// something else start the host.
    ManifestDiffers {
        /// The path of the manifest.
        path: String,
        /// The keys that differ, and the permissions or the file name if they do.
        keys: Vec<String>,
    },
    /// Somebody else than the administrator can change a registration for all users.
    RegistrationUnsafe {
        /// The folder or file that others can change.
        path: String,
    },
    /// The host is registered in a browser for which this product has no extension.
    RegisteredWithoutExtension {
        /// The path of the manifest.
        path: String,
    },
    /// The host manifest for the browser names another program, or one that does not exist.
    HostMoved {
        /// The program that it names.
        path: String,
    },
    /// A policy forbids hosts that are registered for a single user.
    PolicyUserLevel {
        /// Where the policy is set.
        path: String,
    },
    /// A policy forbids the host.
    PolicyBlocksHost {
        /// Where the policy is set.
        path: String,
    },
    /// A policy blocks the extension.
    PolicyBlocksExtension {
        /// Where the policy is set.
        path: String,
    },
    /// The browser is a snap or flatpak, whose sandbox may block the host.
    Confined,
    /// A bug in the host.
    Internal,
}

/// Returns all codes, in the order of [`Problem`].
#[must_use]
pub fn problem_codes() -> Vec<String> {
    // The error for an unknown variant lists all variants.
    let unknown = serde_json::from_str::<Problem>(r#"{"code": "?"}"#).err().map(|error| error.to_string());
    unknown.unwrap_or_default().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

impl Problem {
    /// Returns the stable code, as in a message.
    #[must_use]
    pub fn code(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
    }

    /// Returns the keys of the messages that say what happened and what to do.
    #[must_use]
    pub fn message_keys(&self) -> [String; 2] {
        let code = self.code().replace('-', "_");
        let counted = matches!(self, Self::PukWrong { tries: Some(_) } | Self::PinWrong { tries: Some(_) });
        [format!("problem_{code}{}", if counted { "_tries" } else { "" }), format!("remedy_{code}")]
    }

    /// Returns the arguments of these messages, by placeholder name.
    #[must_use]
    pub fn message_args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::PukWrong { tries: Some(left) } | Self::PinWrong { tries: Some(left) } => {
                vec![("tries", left.to_string())]
            }
            Self::CardFailed { status } => vec![("status", status.clone())],
            Self::BadRequest { reason } => vec![("reason", reason.clone())],
            Self::ReaderDriver { package } => vec![("package", package.clone())],
            Self::ServiceSocketDenied { path }
            | Self::ManifestBroken { path }
            | Self::ManifestOfOthers { path }
            | Self::RegistrationUnsafe { path }
            | Self::ModuleUnsafe { path }
            | Self::RegisteredWithoutExtension { path }
            | Self::HostMoved { path }
            | Self::PolicyUserLevel { path }
            | Self::PolicyBlocksHost { path }
            | Self::PolicyBlocksExtension { path } => vec![("path", path.clone())],
            Self::ManifestDiffers { path, keys } => vec![("path", path.clone()), ("keys", keys.join(", "))],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_the_stable_code() {
        let problem: &dyn core::error::Error = &Problem::PukWrong { tries: Some(2) };
        assert_eq!(problem.to_string(), "puk-wrong");
    }
}
