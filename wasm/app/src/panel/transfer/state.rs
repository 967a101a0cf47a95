//! What is typed for a transfer: pure. It lives as long as the panel, unless the user wants it remembered.

use eimza_payment::{Missing, Payer, Template};

/// The transfer as it is now.
#[derive(Debug, Default)]
pub(crate) struct Transfer {
    pub payer: Payer,
    /// Whether the payer is remembered.
    pub remember: bool,
    /// The description as the user changed it; none while it is as composed.
    edited: Option<String>,
    /// What was copied last.
    pub copied: Option<Line>,
    /// Whether it was touched last: then what comes of it is said aloud.
    pub touched: bool,
}

/// Something to type at the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Bank,
    Holder,
    Iban,
    Amount,
    Description,
}

/// A field of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    Surname,
    Number,
    Description,
}

/// What the user can press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Button {
    Remember(bool),
    /// The description is composed anew.
    Compose,
    Copy(Line, String),
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Stores the payer, or takes them out of the store.
    Keep(Option<Payer>),
    /// Puts a text on the clipboard.
    Copy(String),
}

impl Transfer {
    /// With the payer that was remembered, where one was.
    pub(crate) fn new(remembered: Option<Payer>) -> Self {
        let remember = remembered.is_some();
        Self { payer: remembered.unwrap_or_default(), remember, ..Self::default() }
    }

    /// Takes what is typed.
    pub(crate) fn typed(&mut self, field: Field, text: String) -> Option<Effect> {
        self.copied = None;
        self.touched = true;
        let part = match field {
            Field::Name => &mut self.payer.name,
            Field::Surname => &mut self.payer.surname,
            Field::Number => &mut self.payer.number,
            Field::Description => {
                self.edited = Some(text);
                return None;
            }
        };
        *part = text;
        self.remember.then(|| Effect::Keep(Some(self.payer.clone())))
    }

    /// Takes a press.
    pub(crate) fn pressed(&mut self, button: Button) -> Option<Effect> {
        self.copied = None;
        self.touched = true;
        match button {
            Button::Remember(wanted) => {
                self.remember = wanted;
                Some(Effect::Keep(wanted.then(|| self.payer.clone())))
            }
            Button::Compose => {
                self.edited = None;
                None
            }
            Button::Copy(line, text) => {
                self.copied = Some(line);
                Some(Effect::Copy(text))
            }
        }
    }

    /// What the transfer will say. Empty until something is typed: a text without a name is no start.
    pub(crate) fn description(&self, template: &Template) -> String {
        match &self.edited {
            Some(edited) => edited.clone(),
            None if self.payer == Payer::default() => String::new(),
            None => template.compose(&self.payer),
        }
    }

    /// Whether the user changed the composed text.
    pub(crate) fn is_edited(&self) -> bool {
        self.edited.is_some()
    }

    /// What the receipt must show and the text does not.
    pub(crate) fn missing(&self, template: &Template) -> Vec<Missing> {
        template.missing(&self.description(template), &self.payer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(remember: bool) -> Transfer {
        let mut transfer = Transfer { remember, ..Transfer::default() };
        for (field, text) in
            [(Field::Name, "Deneme"), (Field::Surname, "Kişi"), (Field::Number, "10000000146")]
        {
            let effect = transfer.typed(field, text.to_owned());
            assert_eq!(effect.is_some(), remember);
        }
        transfer
    }

    fn template() -> Template {
        Template::parse("{ad} {soyad} {tc} NES bedeli").unwrap()
    }

    #[test]
    fn the_text_follows_what_is_typed_until_the_user_changes_it() {
        let mut transfer = Transfer::default();
        assert_eq!(transfer.description(&template()), "");
        transfer = typed(false);
        assert_eq!(transfer.description(&template()), "Deneme Kişi 10000000146 NES bedeli");
        assert_eq!(transfer.missing(&template()), []);
        transfer.typed(Field::Description, "Deneme 10000000146 NES bedeli".to_owned());
        assert_eq!(transfer.missing(&template()), [Missing::Surname]);
        transfer.typed(Field::Name, "Başka".to_owned());
        assert_eq!(
            transfer.description(&template()),
            "Deneme 10000000146 NES bedeli",
            "what was typed is not lost"
        );
        transfer.pressed(Button::Compose);
        assert_eq!(transfer.description(&template()), "Başka Kişi 10000000146 NES bedeli");
    }

    #[test]
    fn nothing_is_kept_unless_the_user_wants_it_and_nothing_stays_once_they_do_not() {
        let mut transfer = typed(false);
        let keep = transfer.pressed(Button::Remember(true));
        assert_eq!(keep, Some(Effect::Keep(Some(transfer.payer.clone()))));
        assert!(transfer.typed(Field::Name, "Başka".to_owned()).is_some(), "a change is kept, too");
        assert_eq!(transfer.pressed(Button::Remember(false)), Some(Effect::Keep(None)));
        assert_eq!(transfer.typed(Field::Name, "Ad".to_owned()), None);
    }

    #[test]
    fn what_was_remembered_is_there_again() {
        let payer = typed(false).payer;
        let transfer = Transfer::new(Some(payer.clone()));
        assert!(transfer.remember && transfer.payer == payer);
        assert!(!Transfer::new(None).remember);
    }
}
