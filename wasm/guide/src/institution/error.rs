//! Why a profile is not taken.

/// What is wrong with a profile, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: ProfileErrorKind,
}

/// What is wrong with a profile. The first fault is told; nothing is taken from a profile that has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileErrorKind {
    /// It is longer than a profile can be.
    TooLarge,
    /// It is no JSON: the parser's own words.
    NotJson(String),
    /// There is no key of that name.
    UnknownKey(String),
    /// A key is missing.
    MissingKey(String),
    /// A key stands twice.
    DuplicateKey(String),
    /// A value is of another kind: the parser's own words.
    WrongType(String),
    /// A word is none of those that can stand there.
    UnknownValue(String),
    /// What has keys of its own is written as something else.
    NotObject(String),
    /// It is of a format that this version does not know.
    Format(u32),
    /// An id has other characters than small letters, digits and hyphens, or is too long.
    Id(String),
    /// A text is empty.
    Empty(String),
    /// A text is longer than it can be shown.
    TooLong(String),
    /// A text has characters that would show it other than it is.
    HiddenCharacters(String),
    /// The IBAN has something other than letters and digits.
    IbanCharacters,
    /// The IBAN does not begin with TR.
    IbanCountry,
    /// The IBAN is too long or too short.
    IbanLength,
    /// A digit of the IBAN is wrong.
    IbanChecksum,
    /// The bank named is not the one whose code stands in the IBAN.
    BankMismatch {
        /// The code.
        code: String,
        /// The bank that has it; "?" where the list does not know it.
        holds: String,
        /// What the profile says.
        named: String,
        /// That bank's own code.
        own: String,
    },
    /// The description has braces without a partner.
    TemplateBrace,
    /// The description has a place that there is none of.
    TemplatePlaceholder,
    /// A place of the description touches a word or another place.
    TemplateAdjacent,
    /// An amount is none.
    Amount,
    /// A day is none.
    Day,
    /// An e-mail address is none.
    Email(String),
    /// The receipt goes to a mailbox that is not named.
    NoMailbox,
    /// A number of copies that nobody can want.
    CopyCount(u8),
    /// There is no such procedure, or none in which the institution is paid.
    Procedure(String),
    /// There is no such edition.
    Edition(String),
    /// The same people pay twice in a procedure.
    DuplicatePayment(String),
    /// A link leads to a host that is none of the guide's.
    ForeignLink(String),
}

impl ProfileErrorKind {
    /// The locale key of what to say, and its arguments.
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
