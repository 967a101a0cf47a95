//! Why something was not done, named by what the user can do about it.

use serde::{Deserialize, Serialize};

/// A stable code and what belongs to it. The sentence and the remedy for each code are in
/// `extension/_locales` (`problem_<code>` and `remedy_<code>`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Problem {
    /// The message was no request: not JSON, an unknown field or command.
    BadRequest {
        /// What the parser said, in English, for developers.
        reason: String,
    },
    /// A request was longer than [`crate::MAX_REQUEST_LEN`].
    TooLarge,
    /// Another operation is still under way.
    Busy,
    /// The host was started by an extension that is not this product.
    OriginRefused,

    /// The smart-card service (pcscd, SCardSvr) is not there.
    NoService,
    /// No reader is plugged in.
    NoReader,
    /// The reader that was asked for is not there (any more).
    ReaderGone,
    /// The reader or its driver failed.
    ReaderFailed,
    /// No card is in the reader.
    NoCard,
    /// Several readers hold an e-signature card and none was named.
    SeveralCards,
    /// The card does not answer.
    CardSilent,
    /// Another program holds the card for itself.
    CardBusy,
    /// The card was pulled out during the operation.
    CardRemoved,
    /// The card was reset or swapped between the question and the answer; the codes were discarded.
    CardChanged,
    /// Not a card of the AKİS families.
    NotAkis,
    /// An AKİS card of the identity card's family without an e-signature application.
    IdentityCard,
    /// A card of the identity card's family with certificates that cannot be read: it may be either.
    Unrecognised,
    /// An AKİS card without an e-signature application.
    NoApplication,
    /// The card's own description names no PUK for its PIN.
    NoPuk,
    /// The card describes several PINs with a PUK, and not which of them signs.
    SeveralPins,
    /// The card answered with a status that none of the rules covers.
    CardFailed {
        /// ISO 7816-4 status word, four hex digits.
        status: String,
    },

    /// No graphical prompt program is installed.
    PromptMissing,
    /// The prompt program finds no display to open its window on.
    NoDisplay,
    /// The prompt program failed or has no display.
    PromptFailed,
    /// The user closed the prompt.
    Cancelled,
    /// Nobody answered the prompt.
    TimedOut,
    /// Three entries in a row broke the rules for the code's length or digits; the card was not touched.
    Malformed,

    /// The card refused the PUK.
    PukWrong {
        /// Wrong entries that remain, where the card said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tries: Option<u8>,
    },
    /// The PUK is blocked: nothing unblocks this card any more.
    PukBlocked,
    /// The card did not take the new PIN.
    PinRefused,
    /// The card refused the current PIN.
    PinWrong {
        /// Wrong entries that remain, where the card said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tries: Option<u8>,
    },
    /// The PIN is blocked: only the PUK, or Kamu SM, unblocks it.
    PinBlocked,
    /// The card did not take the new PUK.
    PukRefused,
    /// The card does not let this code be changed; no try was spent.
    ChangeUnsupported,
    /// Codes were sent and no answer came: nobody knows what the card did with them.
    OutcomeUnknown,
    /// The card knows neither standard way to unblock; no try was spent.
    UnlockUnsupported,
    /// A reader is plugged in that the installed driver does not know.
    ReaderDriver {
        /// The Debian package whose driver knows it.
        package: String,
    },
    /// The browser was not told where the host is.
    NotRegistered,
    /// The browser's manifest cannot be read.
    ManifestBroken {
        /// Where it is.
        path: String,
    },
    /// Another program has written the browser's manifest of the host's name.
    ManifestOfOthers {
        /// Where it is.
        path: String,
    },
    /// The browser's manifest names another program, or one that is not there.
    HostMoved {
        /// The program that it names.
        path: String,
    },
    /// A policy forbids hosts that users have registered for themselves.
    PolicyUserLevel {
        /// Where it is set.
        path: String,
    },
    /// A policy forbids the host.
    PolicyBlocksHost {
        /// Where it is set.
        path: String,
    },
    /// A policy keeps the extension from being installed.
    PolicyBlocksExtension {
        /// Where it is set.
        path: String,
    },
    /// The browser is a snap or flatpak, which may not be let out to the host.
    Confined,
    /// A defect of the host.
    Internal,
}

/// All codes, in the order of [`Problem`].
#[must_use]
pub fn problem_codes() -> Vec<String> {
    // serde lists the variants where it is given one that is none.
    let unknown = serde_json::from_str::<Problem>(r#"{"code": "?"}"#).err().map(|error| error.to_string());
    unknown.unwrap_or_default().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

impl Problem {
    /// The stable code, as on the wire.
    #[must_use]
    pub fn code(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        value.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
    }

    /// The keys of the sentences that say what happened and what to do now.
    #[must_use]
    pub fn message_keys(&self) -> [String; 2] {
        let code = self.code().replace('-', "_");
        let counted = matches!(self, Self::PukWrong { tries: Some(_) } | Self::PinWrong { tries: Some(_) });
        [format!("problem_{code}{}", if counted { "_tries" } else { "" }), format!("remedy_{code}")]
    }

    /// What the sentence says of this case, by placeholder name.
    #[must_use]
    pub fn message_args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::PukWrong { tries: Some(left) } | Self::PinWrong { tries: Some(left) } => {
                vec![("tries", left.to_string())]
            }
            Self::CardFailed { status } => vec![("status", status.clone())],
            Self::BadRequest { reason } => vec![("reason", reason.clone())],
            Self::ReaderDriver { package } => vec![("package", package.clone())],
            Self::ManifestBroken { path }
            | Self::ManifestOfOthers { path }
            | Self::HostMoved { path }
            | Self::PolicyUserLevel { path }
            | Self::PolicyBlocksHost { path }
            | Self::PolicyBlocksExtension { path } => vec![("path", path.clone())],
            _ => Vec::new(),
        }
    }
}
