//! Importing an institution profile from a file. Nothing is imported before the user has compared account
//! holder and IBAN.

use crate::panel::dom_builder::ChosenFile;
use crate::panel::effects::Effect;
use eimza_guide::{Change, Institution, ProfileError, ProfileErrorKind};

/// A profile that is being imported.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum ProfileImport {
    /// No file was chosen.
    #[default]
    None,
    /// The file is not a valid profile.
    Rejected(ProfileError),
    /// The profile waits for confirmation.
    Unconfirmed(Box<UnconfirmedProfile>),
}

/// A valid profile that the user has not confirmed yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnconfirmedProfile {
    text: String,
    pub institution: Institution,
    /// The user compared the account holder.
    pub holder_compared: bool,
    /// The user compared the IBAN.
    pub iban_compared: bool,
}

/// The messages of the controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// An institution, or none, was chosen from the list.
    Choose(Option<String>),
    FileRead(ChosenFile),
    SetHolderCompared(bool),
    SetIbanCompared(bool),
    Import,
    CancelImport,
    /// Removes the imported profile with this id.
    Forget(String),
}

impl ProfileImport {
    /// Starts to import the text of a file.
    fn of(text: String) -> Self {
        match Institution::read(&text) {
            Ok(institution) => Self::Unconfirmed(Box::new(UnconfirmedProfile {
                text,
                institution,
                holder_compared: false,
                iban_compared: false,
            })),
            Err(error) => Self::Rejected(error),
        }
    }

    /// Handles a message.
    pub(super) fn handle(&mut self, message: Message) -> Vec<Effect<Message>> {
        self.change(message).into_iter().map(Effect::SaveChange).collect()
    }

    /// Handles a message; returns the change of the saved state.
    fn change(&mut self, message: Message) -> Option<Change> {
        match (message, &mut *self) {
            (Message::Choose(institution), _) => return Some(Change::Institution { institution }),
            (Message::Forget(id), _) => return Some(Change::Forget { id }),
            (Message::FileRead(ChosenFile::Text(text)), _) => *self = Self::of(text),
            (Message::FileRead(ChosenFile::TooLarge), _) => {
                *self = Self::Rejected(ProfileError { line: 1, kind: ProfileErrorKind::TooLarge });
            }
            (Message::SetHolderCompared(compared), Self::Unconfirmed(profile)) => {
                profile.holder_compared = compared;
            }
            (Message::SetIbanCompared(compared), Self::Unconfirmed(profile)) => {
                profile.iban_compared = compared;
            }
            (Message::Import, Self::Unconfirmed(profile)) if profile.is_confirmed() => {
                let text = profile.text.clone();
                *self = Self::None;
                return Some(Change::Import { profile: text });
            }
            (Message::CancelImport, _) => *self = Self::None,
            _ => {}
        }
        None
    }
}

impl UnconfirmedProfile {
    /// Returns whether the user has compared holder and IBAN, or there is no account to compare.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.institution.account.is_none() || (self.holder_compared && self.iban_compared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_ACCOUNT: &str = r#"{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01",
        "account": {"bank": "Halkbank", "holder": "Örnek", "iban": "TR41 0001 2009 5940 0005 0000 47"}}"#;

    #[test]
    fn imports_nothing_before_holder_and_iban_are_confirmed() {
        let mut import = ProfileImport::of(WITH_ACCOUNT.to_owned());
        assert_eq!(import.handle(Message::Import), []);
        import.handle(Message::SetHolderCompared(true));
        assert_eq!(import.handle(Message::Import), []);
        import.handle(Message::SetIbanCompared(true));
        let effects = import.handle(Message::Import);
        assert_eq!(effects, [Effect::SaveChange(Change::Import { profile: WITH_ACCOUNT.to_owned() })]);
        assert_eq!(import, ProfileImport::None);
        assert_eq!(import.handle(Message::Import), [], "only once");
    }

    #[test]
    fn cancelled_and_invalid_profiles_change_nothing() {
        let mut import = ProfileImport::of(WITH_ACCOUNT.to_owned());
        import.handle(Message::SetHolderCompared(true));
        import.handle(Message::SetIbanCompared(true));
        assert_eq!(import.handle(Message::CancelImport), []);
        assert_eq!(import.handle(Message::Import), []);
        let mut import = ProfileImport::of("{".to_owned());
        assert!(matches!(import, ProfileImport::Rejected(_)));
        assert_eq!(import.handle(Message::Import), []);
    }

    #[test]
    fn a_profile_without_an_account_needs_no_comparison() {
        let text =
            r#"{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01"}"#;
        let mut import = ProfileImport::of(text.to_owned());
        assert!(!import.handle(Message::Import).is_empty());
    }
}
