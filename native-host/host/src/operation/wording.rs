//! What each operation says in its windows: keys of `_locales`, and the fields' labels. The labels are the
//! contract's in every language: scripts and screen readers know the fields by them.

use super::Operation;
use eimza_card::CodeKind;

/// The sentences of one operation.
pub(super) struct Wording {
    /// Before the old code is asked for: one try is left.
    pub last_try: &'static str,
    /// The same: the number of tries is not known.
    pub maybe_last_try: &'static str,
    /// Before the field of the old code.
    pub old_label: &'static str,
    /// What the old code is.
    pub old: &'static str,
    /// Its tries left, with the placeholder `tries`.
    pub tries: &'static str,
    /// The same where the number is not known.
    pub tries_unknown: &'static str,
    /// Before the field of the new code.
    pub new_label: &'static str,
    /// Before the second field.
    pub again: &'static str,
    /// What the new code is.
    pub new: &'static str,
}

const UNLOCK: Wording = Wording {
    last_try: "prompt_last_try",
    maybe_last_try: "prompt_tries_unknown",
    old_label: "PUK",
    old: "prompt_puk",
    tries: "prompt_puk_tries",
    tries_unknown: "prompt_puk_tries_unknown",
    new_label: "Yeni PIN",
    again: "prompt_pin_again",
    new: "prompt_pin",
};

const CHANGE_PIN: Wording = Wording {
    last_try: "prompt_pin_last_try",
    maybe_last_try: "prompt_pin_tries_unknown",
    old_label: "Mevcut PIN",
    old: "prompt_current_pin",
    tries: "prompt_pin_tries",
    tries_unknown: "prompt_pin_tries_unknown_short",
    new: "prompt_changed_pin",
    ..UNLOCK
};

const CHANGE_PUK: Wording = Wording {
    last_try: "prompt_puk_change_last_try",
    maybe_last_try: "prompt_puk_change_tries_unknown",
    old: "prompt_current_puk",
    new_label: "Yeni PUK",
    again: "prompt_puk_again",
    new: "prompt_changed_puk",
    ..UNLOCK
};

impl Wording {
    pub(super) fn of(operation: Operation) -> &'static Self {
        match operation {
            Operation::Unlock => &UNLOCK,
            Operation::Change(CodeKind::Pin) => &CHANGE_PIN,
            Operation::Change(CodeKind::Puk) => &CHANGE_PUK,
        }
    }
}
