//! Errors of profiles.

use std::error::Error;
use std::fmt;

/// Why a profile is rejected: its first error. A profile with an error is rejected as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: ProfileErrorKind,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {:?}", self.line, self.kind)
    }
}

impl Error for ProfileError {}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileErrorKind {
    /// The file is too large.
    TooLarge,
    /// The file is not JSON; the parser's message.
    NotJson(String),
    /// A key is unknown.
    UnknownKey(String),
    /// A key is missing.
    MissingKey(String),
    /// A key is duplicate.
    DuplicateKey(String),
    /// A value has the wrong type; the parser's message.
    WrongType(String),
    /// A value is not one of the allowed ones.
    UnknownValue(String),
    /// A value is not an object.
    NotObject(String),
    /// The format is unknown to this version.
    Format(u32),
    /// The id has characters other than lower-case ASCII letters, digits and hyphens, or is too long.
    Id(String),
    /// A text is empty.
    Empty(String),
    /// A text is too long.
    TooLong(String),
    /// A text contains characters that are invisible or change how it is displayed.
    HiddenCharacters(String),
    /// The IBAN contains something other than letters and digits.
    IbanCharacters,
    /// The IBAN does not begin with TR.
    IbanCountry,
    /// The IBAN is too long or too short.
    IbanLength,
    /// The check digits of the IBAN do not match.
    IbanChecksum,
    /// The named bank is not the one whose code is in the IBAN.
    BankMismatch {
        /// The code.
        code: String,
        /// The bank with that code; "?" where it is not listed.
        holds: String,
        /// The bank that the profile names.
        named: String,
        /// The code of the named bank.
        own: String,
    },
    /// The named bank is not listed, so that nobody can tell whether the IBAN is its.
    UnknownBank(String),
    /// A text has an account number; only `account.iban` has one.
    AccountInText(String),
    /// A text mentions a PIN, a PUK, a password or another code.
    CodeInText(String),
    /// A text has a character that looks like another one, or is of another script.
    LookAlike {
        /// The key.
        key: String,
        /// The character.
        letter: char,
    },
    /// The description has unbalanced braces.
    TemplateBrace,
    /// The description has an unknown placeholder.
    TemplatePlaceholder,
    /// A placeholder of the description touches a word or another placeholder.
    TemplateAdjacent,
    /// An amount is invalid.
    Amount,
    /// A date is invalid.
    Day,
    /// An e-mail address is invalid.
    Email(String),
    /// The receipt is sent by e-mail, but the unit has no address.
    NoMailbox,
    /// A number of copies is out of range.
    CopyCount(u8),
    /// There is no such procedure, or the institution is not paid in it.
    Procedure(String),
    /// There is no such edition.
    Edition(String),
    /// A procedure has two payment rules for the same role.
    DuplicatePayment(String),
    /// A link leads to an unknown host.
    ForeignLink(String),
}

impl ProfileErrorKind {
    /// Returns the message key of the message, and its arguments.
    #[must_use]
    pub fn message(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let named = |key, name: &str| (key, vec![("name", name.to_owned())]);
        match self {
            Self::TooLarge => ("profile_too_large", vec![]),
            Self::NotJson(words) => named("profile_not_json", words),
            Self::UnknownKey(key) => named("profile_unknown_key", key),
            Self::MissingKey(key) => named("profile_missing_key", key),
            Self::DuplicateKey(key) => named("profile_key_twice", key),
            Self::WrongType(_) => ("profile_value", vec![]),
            Self::UnknownValue(word) => named("profile_word", word),
            Self::NotObject(key) => named("profile_not_object", key),
            Self::Format(number) => named("profile_format", &number.to_string()),
            Self::Id(id) => named("profile_id", id),
            Self::Empty(key) => named("profile_empty", key),
            Self::TooLong(key) => named("profile_too_long", key),
            Self::HiddenCharacters(key) => named("profile_unshowable", key),
            Self::IbanCharacters => ("iban_characters", vec![]),
            Self::IbanCountry => ("iban_country", vec![]),
            Self::IbanLength => ("profile_iban_length", vec![]),
            Self::IbanChecksum => ("iban_checksum", vec![]),
            Self::BankMismatch { code, holds, named, own } => {
                let args = [("code", code), ("holds", holds), ("named", named), ("own", own)];
                ("profile_bank", args.map(|(name, value)| (name, value.clone())).into())
            }
            Self::UnknownBank(bank) => named("profile_bank_unknown", bank),
            Self::AccountInText(key) => named("profile_account_in_text", key),
            Self::CodeInText(key) => named("profile_code_in_text", key),
            Self::LookAlike { key, letter } => {
                let code = format!("U+{:04X}", u32::from(*letter));
                (
                    "profile_look_alike",
                    vec![("name", key.clone()), ("letter", letter.to_string()), ("code", code)],
                )
            }
            Self::TemplateBrace => ("profile_template_brace", vec![]),
            Self::TemplatePlaceholder => ("profile_template_place", vec![]),
            Self::TemplateAdjacent => ("profile_template_glued", vec![]),
            Self::Amount => ("profile_amount", vec![]),
            Self::Day => ("profile_day", vec![]),
            Self::Email(address) => named("profile_email", address),
            Self::NoMailbox => ("profile_no_mailbox", vec![]),
            Self::CopyCount(copies) => named("profile_copies", &copies.to_string()),
            Self::Procedure(id) => named("profile_procedure", id),
            Self::Edition(id) => named("profile_edition", id),
            Self::DuplicatePayment(id) => named("profile_payment_twice", id),
            Self::ForeignLink(address) => named("profile_foreign_link", address),
        }
    }
}
