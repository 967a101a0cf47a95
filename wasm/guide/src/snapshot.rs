//! The snapshot of a page that the content script sends: texts and fields, no DOM.

use eimza_turkish::unaccented_words;
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
    /// Texts of the options of a select.
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
    /// Returns its label or, where it has none, its placeholder; normalized.
    pub(crate) fn normalized_name(&self) -> String {
        eimza_turkish::normalize_label(self.display_name())
    }

    /// Returns its label or, where it has none, its placeholder.
    pub(crate) fn display_name(&self) -> &str {
        if self.label.trim().is_empty() { &self.placeholder } else { &self.label }
    }

    /// Returns whether its label or placeholder is one of these texts, as [`label_key`] compares them.
    pub(crate) fn matches_label(&self, labels: &[String]) -> bool {
        let keys = self.label_keys();
        labels.iter().any(|label| keys.contains(&label_key(label)))
    }

    /// Returns its name as [`label_key`] writes it, with and without the explanation in parentheses.
    pub(crate) fn label_keys(&self) -> [String; 2] {
        [label_key(self.display_name()), label_key(&without_parentheses(self.display_name()))]
    }

    /// Returns whether nothing is chosen or typed. That includes a list whose entry only asks to choose, and
    /// an input mask that is not filled in.
    pub(crate) fn is_empty(&self) -> bool {
        let unfilled = self.value.contains('_') && !self.value.contains(char::is_alphanumeric);
        self.value.trim().is_empty()
            || unfilled
            || self.kind == FieldKind::Select && self.is_placeholder_option(&self.value)
    }

    /// Returns whether an entry of a list only asks to choose.
    pub(crate) fn is_placeholder_option(&self, entry: &str) -> bool {
        let words = unaccented_words(entry);
        let asks = ["seciniz", "secin", "sec", "secim", "select", "choose"];
        words.is_empty()
            || words.iter().any(|word| asks.contains(&word.as_str()))
            || words == unaccented_words(self.display_name())
    }
}

/// Returns a label without case, diacritics, punctuation and invisible characters, to compare labels that
/// were written on different keyboards.
pub(crate) fn label_key(label: &str) -> String {
    unaccented_words(label).join(" ")
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|&letter| match letter {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    outside.collect()
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
    /// A drop-down list.
    Select,
    /// One radio button.
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
