//! Importing a profile: pure. Nothing is taken before the user has compared holder and IBAN.

use eimza_guide::{Change, Institution, ProfileError};

/// A file on its way in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Import {
    /// There is none.
    #[default]
    None,
    /// It is no profile. Nothing has changed.
    Refused(ProfileError),
    /// It is one, and waits for the user's word.
    Asks(Box<Candidate>),
}

/// A profile that the user has not confirmed yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    text: String,
    pub institution: Institution,
    /// The user compared the holder.
    pub holder: bool,
    /// The user compared the IBAN.
    pub iban: bool,
}

/// What the user can press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Button {
    Choose(Option<String>),
    Holder(bool),
    Iban(bool),
    Take,
    Leave,
    Forget(String),
}

impl Import {
    /// Takes a file's text.
    pub(crate) fn of(text: String) -> Self {
        match Institution::read(&text) {
            Ok(institution) => {
                Self::Asks(Box::new(Candidate { text, institution, holder: false, iban: false }))
            }
            Err(fault) => Self::Refused(fault),
        }
    }

    /// Takes a press; says what is to be written into the saved state.
    pub(crate) fn pressed(&mut self, button: Button) -> Option<Change> {
        match (button, &mut *self) {
            (Button::Choose(institution), _) => Some(Change::Institution { institution }),
            (Button::Forget(id), _) => Some(Change::Forget { id }),
            (Button::Holder(compared), Self::Asks(candidate)) => {
                candidate.holder = compared;
                None
            }
            (Button::Iban(compared), Self::Asks(candidate)) => {
                candidate.iban = compared;
                None
            }
            (Button::Take, Self::Asks(candidate)) if candidate.is_confirmed() => {
                let profile = candidate.text.clone();
                *self = Self::None;
                Some(Change::Import { profile })
            }
            (Button::Leave, _) => {
                *self = Self::None;
                None
            }
            _ => None,
        }
    }
}

impl Candidate {
    /// Whether the user has compared what money depends on.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.institution.account.is_none() || (self.holder && self.iban)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_ACCOUNT: &str = r#"{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01",
        "account": {"bank": "Halkbank", "holder": "Örnek", "iban": "TR41 0001 2009 5940 0005 0000 47"}}"#;

    #[test]
    fn nothing_is_taken_before_holder_and_iban_are_confirmed() {
        let mut import = Import::of(WITH_ACCOUNT.to_owned());
        assert_eq!(import.pressed(Button::Take), None);
        import.pressed(Button::Holder(true));
        assert_eq!(import.pressed(Button::Take), None);
        import.pressed(Button::Iban(true));
        let taken = import.pressed(Button::Take);
        assert_eq!(taken, Some(Change::Import { profile: WITH_ACCOUNT.to_owned() }));
        assert_eq!(import, Import::None);
        assert_eq!(import.pressed(Button::Take), None, "once");
    }

    #[test]
    fn what_is_left_changes_nothing_and_neither_does_what_is_no_profile() {
        let mut import = Import::of(WITH_ACCOUNT.to_owned());
        import.pressed(Button::Holder(true));
        import.pressed(Button::Iban(true));
        assert_eq!(import.pressed(Button::Leave), None);
        assert_eq!(import.pressed(Button::Take), None);
        let mut import = Import::of("{".to_owned());
        assert!(matches!(import, Import::Refused(_)));
        assert_eq!(import.pressed(Button::Take), None);
    }

    #[test]
    fn without_an_account_there_is_nothing_to_compare() {
        let text =
            r#"{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01"}"#;
        let mut import = Import::of(text.to_owned());
        assert!(import.pressed(Button::Take).is_some());
    }
}
