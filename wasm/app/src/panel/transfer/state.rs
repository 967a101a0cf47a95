//! What the user enters for a transfer. It lives as long as the panel, unless the user wants the payer
//! remembered.

use crate::panel::effects::Effect;
use eimza_payment::{DescriptionIssue, Payer, Template};
use eimza_turkish::NormalizedText;
use std::collections::BTreeMap;

/// What the user entered.
#[derive(Debug, Default)]
pub(crate) struct Transfer {
    pub payer: Payer,
    /// Whether the payer is remembered.
    pub remember: bool,
    /// Descriptions that the user changed, by the template that they were composed from.
    edited: BTreeMap<String, EditedDescription>,
    /// What was last copied to the clipboard, and whether that succeeded.
    pub copied: Option<(TransferField, bool)>,
    /// The field that the user is typing in. While they type, a value that is only too short is not wrong
    /// yet.
    pub typing: Option<Field>,
    /// Whether screen readers announce the result of what the user did last.
    pub announces_result: bool,
}

/// A description that the user changed.
#[derive(Debug, Default)]
struct EditedDescription {
    /// The user's text; `None` while it is as composed.
    text: Option<String>,
    /// The user's text before it was composed again.
    before: Option<String>,
}

/// A field of the bank's transfer form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TransferField {
    Bank,
    Holder,
    Iban,
    Amount,
    Description,
}

/// A field about the payer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    Surname,
    Number,
}

/// The messages of the controls. Descriptions are named by their templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    PayerEdited(Field, String),
    DescriptionEdited {
        template: String,
        text: String,
    },
    FieldLeft,
    SetRemember(bool),
    /// Composes the description again.
    Compose(String),
    /// Restores the user's description from before it was composed again.
    Restore(String),
    Copy(TransferField, String),
    /// Whether a text was copied.
    Copied(TransferField, bool),
}

impl Transfer {
    /// Takes over the payer that is remembered, when the page is opened or another panel changed it.
    pub(super) fn stored_payer_changed(&mut self, payer: Option<Payer>) {
        if let Some(payer) = payer.as_ref().filter(|_| self.remember || self.payer == Payer::default()) {
            self.payer = payer.clone();
        }
        // What the user typed here is kept, but no longer stored.
        self.remember = payer.is_some_and(|payer| payer == self.payer);
    }

    /// Handles a message.
    pub(super) fn handle(&mut self, message: Message) -> Vec<Effect<Message>> {
        self.effect(message).into_iter().collect()
    }

    fn effect(&mut self, message: Message) -> Option<Effect<Message>> {
        self.announces_result |= !matches!(
            message,
            Message::PayerEdited(..) | Message::DescriptionEdited { .. } | Message::Copied(..)
        );
        if message != Message::FieldLeft {
            self.copied = None;
        }
        match message {
            Message::PayerEdited(field, text) => return self.edit_payer(field, &text),
            Message::DescriptionEdited { template, text } => {
                self.edited.entry(template).or_default().text = Some(text);
            }
            Message::FieldLeft => self.leave_field(),
            Message::SetRemember(remember) => {
                self.remember = remember;
                return Some(Effect::StorePayer(remember.then(|| self.payer.clone())));
            }
            Message::Compose(template) => {
                let edited = self.edited.entry(template).or_default();
                edited.before = edited.text.take();
            }
            Message::Restore(template) => {
                let edited = self.edited.entry(template).or_default();
                edited.text = edited.before.take();
            }
            Message::Copy(field, text) => {
                let [copied, failed] = [true, false].map(|done| Message::Copied(field, done));
                return Some(Effect::CopyText { text, copied, failed });
            }
            Message::Copied(field, done) => self.copied = Some((field, done)),
        }
        None
    }

    /// Takes what the user typed or pasted. The bank gets it, so that it must not contain invisible characters.
    fn edit_payer(&mut self, field: Field, text: &str) -> Option<Effect<Message>> {
        self.typing = Some(field);
        *match field {
            Field::Name => &mut self.payer.name,
            Field::Surname => &mut self.payer.surname,
            Field::Number => &mut self.payer.number,
        } = NormalizedText::of(text).into_text().into_owned();
        self.remember.then(|| Effect::StorePayer(Some(self.payer.clone())))
    }

    /// Handles the end of editing: a description that the user leaves empty is composed again.
    fn leave_field(&mut self) {
        self.typing = None;
        for edited in self.edited.values_mut() {
            edited.text.take_if(|text| text.trim().is_empty());
        }
    }

    /// Returns the description of the transfer. It is empty until the user enters something about the payer.
    pub(crate) fn description(&self, template: &Template) -> String {
        match self.edited_description(template).and_then(|edited| edited.text.as_ref()) {
            Some(text) => text.clone(),
            None if self.payer == Payer::default() => String::new(),
            None => template.compose(&self.payer),
        }
    }

    /// Returns whether the user changed the composed description.
    pub(crate) fn is_edited(&self, template: &Template) -> bool {
        self.edited_description(template).is_some_and(|edited| edited.text.is_some())
    }

    /// Returns whether there is an earlier description by the user to restore.
    pub(crate) fn can_restore(&self, template: &Template) -> bool {
        self.edited_description(template)
            .is_some_and(|edited| edited.text.is_none() && edited.before.is_some())
    }

    fn edited_description(&self, template: &Template) -> Option<&EditedDescription> {
        self.edited.get(&template.to_string())
    }

    /// Returns what the receipt must show and the description does not.
    pub(crate) fn description_issues(&self, template: &Template) -> Vec<DescriptionIssue> {
        template.issues(&self.description(template), &self.payer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(transfer: &mut Transfer, field: Field, text: &str) -> Vec<Effect<Message>> {
        transfer.handle(Message::PayerEdited(field, text.to_owned()))
    }

    fn edit_description(transfer: &mut Transfer, template: &str, text: &str) {
        transfer.handle(Message::DescriptionEdited { template: template.to_owned(), text: text.to_owned() });
    }

    fn filled_in(remember: bool) -> Transfer {
        let mut transfer = Transfer { remember, ..Transfer::default() };
        for (field, text) in
            [(Field::Name, "Deneme"), (Field::Surname, "Kişi"), (Field::Number, "10000000146")]
        {
            let effects = edit(&mut transfer, field, text);
            assert_eq!(!effects.is_empty(), remember);
        }
        transfer
    }

    fn template() -> Template {
        Template::parse("{ad} {soyad} {tc} NES bedeli").unwrap()
    }

    #[test]
    fn description_follows_the_payer_until_the_user_edits_it() {
        let mut transfer = Transfer::default();
        assert_eq!(transfer.description(&template()), "");
        transfer = filled_in(false);
        assert_eq!(transfer.description(&template()), "Deneme Kişi 10000000146 NES bedeli");
        assert_eq!(transfer.description_issues(&template()), []);
        let name = template().to_string();
        edit_description(&mut transfer, &name, "Deneme 10000000146 NES bedeli");
        assert_eq!(transfer.description_issues(&template()), [DescriptionIssue::MissingSurname]);
        edit(&mut transfer, Field::Name, "Başka");
        assert_eq!(
            transfer.description(&template()),
            "Deneme 10000000146 NES bedeli",
            "the user's text is not lost"
        );
        transfer.handle(Message::Compose(name.clone()));
        assert_eq!(transfer.description(&template()), "Başka Kişi 10000000146 NES bedeli");
        assert!(transfer.can_restore(&template()));
        transfer.handle(Message::Restore(name.clone()));
        assert_eq!(
            transfer.description(&template()),
            "Deneme 10000000146 NES bedeli",
            "not even after composing again"
        );
        edit_description(&mut transfer, &name, " ");
        assert_eq!(transfer.description(&template()), " ", "it is not composed again while the user types");
        transfer.handle(Message::FieldLeft);
        assert_eq!(
            transfer.description(&template()),
            "Başka Kişi 10000000146 NES bedeli",
            "an empty description is composed again"
        );
    }

    #[test]
    fn an_edited_description_belongs_to_its_template() {
        let mut transfer = filled_in(false);
        edit_description(&mut transfer, &template().to_string(), "değişik");
        let other = Template::parse("{ad} {soyad} {tc} Okuyucu").unwrap();
        assert_eq!(transfer.description(&other), "Deneme Kişi 10000000146 Okuyucu");
        assert_eq!(transfer.description(&template()), "değişik");
    }

    #[test]
    fn pasted_text_is_stored_without_invisible_characters() {
        let mut transfer = Transfer::default();
        edit(&mut transfer, Field::Number, "\u{feff}10000\u{200b}000146");
        edit(&mut transfer, Field::Name, "Go\u{308}khan");
        assert_eq!(transfer.payer.number, "10000000146");
        assert_eq!(transfer.payer.name, "Gökhan");
    }

    #[test]
    fn payer_is_stored_only_while_remember_is_checked() {
        let mut transfer = filled_in(false);
        let keep = transfer.handle(Message::SetRemember(true));
        assert_eq!(keep, [Effect::StorePayer(Some(transfer.payer.clone()))]);
        assert!(!edit(&mut transfer, Field::Name, "Başka").is_empty(), "a change is stored, too");
        assert_eq!(transfer.handle(Message::SetRemember(false)), [Effect::StorePayer(None)]);
        assert_eq!(edit(&mut transfer, Field::Name, "Ad"), []);
    }

    #[test]
    fn takes_over_the_stored_payer() {
        let payer = filled_in(false).payer;
        let mut transfer = Transfer::default();
        transfer.stored_payer_changed(None);
        assert!(!transfer.remember);
        transfer.stored_payer_changed(Some(payer.clone()));
        assert!(transfer.remember && transfer.payer == payer);
    }

    #[test]
    fn follows_another_panel_without_losing_what_was_typed() {
        let mut transfer = filled_in(true);
        transfer.stored_payer_changed(None);
        assert!(!transfer.remember && transfer.payer == filled_in(false).payer);
        assert_eq!(edit(&mut transfer, Field::Name, "Ad"), [], "nothing is stored any more");
        let other = Payer { name: "Başka".to_owned(), ..Payer::default() };
        transfer.stored_payer_changed(Some(other.clone()));
        assert!(!transfer.remember && transfer.payer.name == "Ad");
        let mut empty = Transfer::default();
        empty.stored_payer_changed(Some(other.clone()));
        assert!(empty.remember && empty.payer == other);
    }
}
