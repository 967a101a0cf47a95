//! What is typed for a transfer: pure. It lives as long as the panel, unless the user wants it remembered.

use eimza_payment::{DescriptionIssue, Payer, Template};
use std::collections::BTreeMap;

/// The transfer as it is now.
#[derive(Debug, Default)]
pub(crate) struct Transfer {
    pub payer: Payer,
    /// Whether the payer is remembered.
    pub remember: bool,
    /// Descriptions that the user changed, by the template that they were composed from.
    edited: BTreeMap<String, Edited>,
    /// What was to be copied last, and whether it could be.
    pub copied: Option<(Line, bool)>,
    /// The field that is being typed in: what is only too short there is not wrong yet.
    pub typing: Option<Field>,
    /// Whether it was touched last: then what comes of it is said aloud.
    pub touched: bool,
}

/// What the user made of a description.
#[derive(Debug, Default)]
struct Edited {
    /// None while it is as composed.
    text: Option<String>,
    /// What stood there before it was composed anew.
    before: Option<String>,
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
}

/// What the user can press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Button {
    Remember(bool),
    /// The description of this template is composed anew.
    Compose(String),
    /// What the user had made of it is put back.
    Restore(String),
    Copy(Line, String),
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Stores the payer, or takes them out of the store.
    Keep(Option<Payer>),
    /// Puts a text on the clipboard, and tells whether it is there.
    Copy(Line, String),
}

impl Transfer {
    /// With the payer that was remembered, where one was.
    pub(crate) fn new(remembered: Option<Payer>) -> Self {
        let remember = remembered.is_some();
        Self { payer: remembered.unwrap_or_default(), remember, ..Self::default() }
    }

    /// Another panel remembers a payer, or no more.
    pub(crate) fn remembered(&mut self, payer: Option<Payer>) {
        if let Some(payer) = payer.as_ref().filter(|_| self.remember || self.payer == Payer::default()) {
            self.payer = payer.clone();
        }
        // Of what is typed here nothing is lost.
        self.remember = payer.is_some_and(|payer| payer == self.payer);
    }

    /// Takes what is typed about the payer.
    pub(crate) fn typed(&mut self, field: Field, text: String) -> Option<Effect> {
        self.copied = None;
        self.typing = Some(field);
        *match field {
            Field::Name => &mut self.payer.name,
            Field::Surname => &mut self.payer.surname,
            Field::Number => &mut self.payer.number,
        } = text;
        self.remember.then(|| Effect::Keep(Some(self.payer.clone())))
    }

    /// Takes what is typed into a description.
    pub(crate) fn described(&mut self, template: &str, text: String) {
        self.copied = None;
        self.edited.entry(template.to_owned()).or_default().text = Some(text);
    }

    /// The user has left the field. A description that they left empty is composed again.
    pub(crate) fn left(&mut self) {
        self.typing = None;
        self.touched = true;
        for edited in self.edited.values_mut() {
            edited.text.take_if(|text| text.trim().is_empty());
        }
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
            Button::Compose(template) => {
                let edited = self.edited.entry(template).or_default();
                edited.before = edited.text.take();
                None
            }
            Button::Restore(template) => {
                let edited = self.edited.entry(template).or_default();
                edited.text = edited.before.take();
                None
            }
            Button::Copy(line, text) => Some(Effect::Copy(line, text)),
        }
    }

    /// What the transfer will say. Empty until something is typed: a text without a name is no start.
    pub(crate) fn description(&self, template: &Template) -> String {
        match self.edit(template).and_then(|edited| edited.text.as_ref()) {
            Some(text) => text.clone(),
            None if self.payer == Payer::default() => String::new(),
            None => template.compose(&self.payer),
        }
    }

    /// Whether the user changed the composed text.
    pub(crate) fn is_edited(&self, template: &Template) -> bool {
        self.edit(template).is_some_and(|edited| edited.text.is_some())
    }

    /// Whether there is a changed text to put back.
    pub(crate) fn can_restore(&self, template: &Template) -> bool {
        self.edit(template).is_some_and(|edited| edited.text.is_none() && edited.before.is_some())
    }

    fn edit(&self, template: &Template) -> Option<&Edited> {
        self.edited.get(&template.to_string())
    }

    /// What the receipt must show and the text does not.
    pub(crate) fn missing(&self, template: &Template) -> Vec<DescriptionIssue> {
        template.issues(&self.description(template), &self.payer)
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
        let name = template().to_string();
        transfer.described(&name, "Deneme 10000000146 NES bedeli".to_owned());
        assert_eq!(transfer.missing(&template()), [DescriptionIssue::MissingSurname]);
        transfer.typed(Field::Name, "Başka".to_owned());
        assert_eq!(
            transfer.description(&template()),
            "Deneme 10000000146 NES bedeli",
            "what was typed is not lost"
        );
        transfer.pressed(Button::Compose(name.clone()));
        assert_eq!(transfer.description(&template()), "Başka Kişi 10000000146 NES bedeli");
        assert!(transfer.can_restore(&template()));
        transfer.pressed(Button::Restore(name.clone()));
        assert_eq!(transfer.description(&template()), "Deneme 10000000146 NES bedeli", "nor by a press");
        transfer.described(&name, " ".to_owned());
        assert_eq!(transfer.description(&template()), " ", "it does not come back under the hand");
        transfer.left();
        assert_eq!(
            transfer.description(&template()),
            "Başka Kişi 10000000146 NES bedeli",
            "an empty one is composed"
        );
    }

    #[test]
    fn a_changed_text_stays_with_its_procedure_and_institution() {
        let mut transfer = typed(false);
        transfer.described(&template().to_string(), "değişik".to_owned());
        let other = Template::parse("{ad} {soyad} {tc} Okuyucu").unwrap();
        assert_eq!(transfer.description(&other), "Deneme Kişi 10000000146 Okuyucu");
        assert_eq!(transfer.description(&template()), "değişik");
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

    #[test]
    fn another_panels_wish_holds_here_and_what_is_typed_here_stays() {
        let mut transfer = typed(true);
        transfer.remembered(None);
        assert!(!transfer.remember && transfer.payer == typed(false).payer);
        assert_eq!(transfer.typed(Field::Name, "Ad".to_owned()), None, "nothing is stored any more");
        let other = Payer { name: "Başka".to_owned(), ..Payer::default() };
        transfer.remembered(Some(other.clone()));
        assert!(!transfer.remember && transfer.payer.name == "Ad");
        let mut empty = Transfer::default();
        empty.remembered(Some(other.clone()));
        assert!(empty.remember && empty.payer == other);
    }
}
