//! The texts of each operation in its prompts, as keys of the message catalog.

use eimza_session::{CodeKind, Operation};

/// The texts of one operation.
pub(super) struct Wording {
    /// The warning that one try of the old code is left.
    pub last_try: &'static str,
    /// The warning that the number of tries is not known.
    pub maybe_last_try: &'static str,
    /// The label of the field for the old code.
    pub old_label: &'static str,
    /// The description of the old code.
    pub old: &'static str,
    /// The tries left of the old code, with the placeholder `tries`.
    pub tries: &'static str,
    /// The same if the number is not known.
    pub tries_unknown: &'static str,
    /// The label of the field for the new code.
    pub new_label: &'static str,
    /// The label of the field that repeats the new code.
    pub repeat_label: &'static str,
    /// The description of the new code.
    pub new: &'static str,
    /// What to type on a reader with keys, in which order.
    pub on_reader: &'static str,
}

const UNLOCK: Wording = Wording {
    last_try: "prompt_last_try",
    maybe_last_try: "prompt_tries_unknown",
    old_label: "prompt_label_puk",
    old: "prompt_puk",
    tries: "prompt_puk_tries",
    tries_unknown: "prompt_puk_tries_unknown",
    new_label: "prompt_label_new_pin",
    repeat_label: "prompt_pin_again",
    new: "prompt_pin",
    on_reader: "prompt_reader_unlock",
};

const CHANGE_PIN: Wording = Wording {
    last_try: "prompt_pin_last_try",
    maybe_last_try: "prompt_pin_tries_unknown",
    old_label: "prompt_label_current_pin",
    old: "prompt_current_pin",
    tries: "prompt_pin_tries",
    tries_unknown: "prompt_pin_tries_unknown_short",
    new: "prompt_changed_pin",
    on_reader: "prompt_reader_change_pin",
    ..UNLOCK
};

const CHANGE_PUK: Wording = Wording {
    last_try: "prompt_puk_change_last_try",
    maybe_last_try: "prompt_puk_change_tries_unknown",
    old: "prompt_current_puk",
    new_label: "prompt_label_new_puk",
    repeat_label: "prompt_puk_again",
    new: "prompt_changed_puk",
    on_reader: "prompt_reader_change_puk",
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
