//! The snapshot of a page that the content script sends: texts and fields, no DOM.

use crate::label::{asks_to_choose, label_key, label_keys, without_required_mark};
use eimza_turkish::normalize_label;
use serde::Deserialize;

/// The visible content of a page. Absent keys are empty.
///
/// The content script limits texts (300 characters each, 400 in all); nothing here relies on that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PageSnapshot {
    /// The URL of the top frame, as in `location.href`.
    pub url: String,
    /// `document.title`.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub title: String,
    /// Texts of heading elements, in document order.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub headings: Vec<String>,
    /// Form fields, in document order.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub fields: Vec<Field>,
    /// Buttons and links that act as buttons.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub buttons: Vec<Button>,
    /// Visible texts in document order, with white space collapsed.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub texts: Vec<String>,
    /// The [`Field::reference`] of the field that has the focus and was changed; empty where there is none.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub typing: String,
    /// Whether the page was too large to be read in the time that a reading may take, so that fields and texts may
    /// be missing.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub partial: bool,
}

/// One form field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Field {
    /// Identifies the element in the hints that answer this snapshot; opaque otherwise.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The kind of control.
    pub kind: FieldKind,
    /// The visible label.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub label: String,
    /// The `name` attribute.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub name: String,
    /// The `id` attribute. No rule uses it, because some frameworks generate it.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub id: String,
    /// The `placeholder` attribute.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub placeholder: String,
    /// The value. Always empty for passwords and for fields that look like a captcha, a PIN, a code by SMS or
    /// the Güvenlik Sözcüğü, which are never read.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub value: String,
    /// Texts of the options of a drop-down list or a group of radio buttons; empty where they are not known.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub options: Vec<String>,
    /// Whether the page marks the field as mandatory.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub required: bool,
    /// Whether the user cannot edit it (readonly or disabled).
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub readonly: bool,
    /// Whether its value is never read, so that it is unknown whether the field is empty.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub unread: bool,
}

impl Field {
    /// Returns its name as [`normalize_label`] writes it.
    pub(crate) fn normalized_name(&self) -> String {
        normalize_label(self.name_text())
    }

    /// Returns its label or, where it has none, its placeholder.
    pub(crate) fn display_name(&self) -> &str {
        if self.label.trim().is_empty() { &self.placeholder } else { &self.label }
    }

    /// Returns its name without what marks it as mandatory.
    pub(crate) fn name_text(&self) -> &str {
        without_required_mark(self.display_name())
    }

    /// Returns whether its label or placeholder is one of these texts, as [`label_key`] compares them.
    pub(crate) fn matches_label(&self, labels: &[String]) -> bool {
        let keys = label_keys(self.display_name());
        labels.iter().any(|label| keys.contains(&label_key(label)))
    }

    /// Returns whether text is typed into it.
    pub(crate) fn is_typed(&self) -> bool {
        !matches!(self.kind, FieldKind::Select | FieldKind::Radio | FieldKind::Checkbox)
    }

    /// Returns whether it is a choice from a list: a drop-down list or a group of radio buttons.
    pub(crate) fn is_list(&self) -> bool {
        self.kind == FieldKind::Select || self.is_radio_group()
    }

    /// Returns whether it is a whole group of radio buttons rather than one of them.
    pub(crate) fn is_radio_group(&self) -> bool {
        self.kind == FieldKind::Radio && !self.options.is_empty()
    }

    /// Returns whether the page marks it as mandatory.
    pub(crate) fn is_mandatory(&self) -> bool {
        let name = self.display_name();
        self.required || name.contains('*') || self.name_text().len() < name.len()
    }

    /// Returns whether an entry of a list is not a choice, but asks to choose or is the list's name.
    pub(crate) fn is_placeholder_option(&self, entry: &str) -> bool {
        let key = label_key(entry);
        asks_to_choose(entry) || key == label_key(self.name_text()) || key == label_key(&self.placeholder)
    }
}

/// The kinds of control that a snapshot distinguishes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum FieldKind {
    /// A single-line text field, and every input type not named below.
    #[default]
    Text,
    /// A multi-line text field.
    Textarea,
    /// A drop-down list, whose value is the text that it shows.
    Select,
    /// A group of radio buttons, whose value is the text of the chosen one; without options, one radio button.
    Radio,
    /// A check box.
    Checkbox,
    /// `type=date`.
    Date,
    /// `type=tel`.
    Tel,
    /// `type=email`.
    Email,
    /// `type=number`.
    Number,
    /// `type=password`; its value is never read.
    Password,
}

/// A button, or a link that acts as one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Button {
    /// As for [`Field::reference`].
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its text.
    pub text: String,
    /// Whether the pointer or the focus has reached it since it appeared.
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<_>"))]
    pub reached: bool,
}
