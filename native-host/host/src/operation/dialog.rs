//! The questions of one operation.

use super::wording::Wording;
use super::{Operation, Subject};
use crate::prompt::{Frame, Question, Repeat, Window};
use eimza_card::{Card, CodeFormat, CodeFormatError, CodeState, CodeWeakness, Secret};
use eimza_i18n::Catalog;
use eimza_protocol::Problem;

/// So many malformed entries in a row end the operation.
const MOST_MALFORMED: usize = 3;

/// What is asked of the user about one card.
pub(super) struct Dialog<'a, W> {
    operation: Operation,
    words: &'static Catalog,
    wording: &'static Wording,
    window: W,
    card: &'a Card,
    state: CodeState,
    reader: &'a str,
    /// Malformed entries in a row.
    malformed: usize,
}

/// What was typed for a code; none where a repeat differs.
type Entry = Option<Secret>;

impl<'a, W: Window> Dialog<'a, W> {
    pub(super) fn new(
        operation: Operation,
        words: &'static Catalog,
        window: W,
        subject: &Subject<'a>,
    ) -> Self {
        let wording = Wording::of(operation);
        let &Subject { card, state, reader } = subject;
        Self { operation, words, wording, window, card, state, reader, malformed: 0 }
    }

    /// With one try left, or an unknown number, the user says yes before being asked for the code
    /// that may be lost by it.
    pub(super) fn confirm_risk(&mut self) -> Result<(), Problem> {
        let warning = match self.state {
            CodeState::Usable(Some(1)) => self.wording.last_try,
            CodeState::Usable(None) | CodeState::Unknown => self.wording.maybe_last_try,
            _ if !self.card.codes_are_from_card() => "prompt_codes_assumed",
            CodeState::Usable(_) | CodeState::Blocked => return Ok(()),
        };
        let mut text = format!("{}\n\n{}", self.say(warning), self.about_card());
        if !self.card.codes_are_from_card() && warning != "prompt_codes_assumed" {
            text = format!("{text}\n\n{}", self.say("card_codes_assumed"));
        }
        if self.card.certificates().is_empty() && self.card.family().shares_with_identity_card {
            // Nothing on the card tells it from an identity card.
            text = format!("{text}\n\n{}", self.say("prompt_no_certificate"));
        }
        if self.confirm(&text, "prompt_go_on", "prompt_cancel")? { Ok(()) } else { Err(Problem::Cancelled) }
    }

    /// Asks for the code that proves who the user is and for the new one: in one window where there is room in it,
    /// else one after the other. An old code that is well formed is not asked for twice.
    pub(super) fn codes(&mut self) -> Result<(Secret, Secret), Problem> {
        let Wording { old_label, new_label, again, .. } = self.wording;
        let (again, differ) = (self.say(again), self.say("prompt_codes_differ"));
        let repeat = Repeat { label: &again, mismatch: &differ };
        let text = format!(
            "{}\n{}\n\n{}\n{}",
            self.say(self.wording.old),
            self.about_new_code(),
            self.about_card(),
            self.tries()
        );
        let Frame { title, ok, cancel } = frame(self.words);
        let rule = self.card.code_format(self.operation.old_code());
        let mut error = None;
        loop {
            let question =
                Question { title: &title, text: &text, error: error.as_deref(), ok: &ok, cancel: &cancel };
            let Some(typed) = self.window.both([old_label, new_label], &question, repeat) else {
                let old = self.old_code()?;
                let new = self.new_code(&old, None)?;
                return Ok((old, new));
            };
            let (old, new) = typed?;
            match rule.check(&old) {
                Ok(()) => {
                    let new = self.new_code(&old, Some(new))?;
                    return Ok((old, new));
                }
                Err(broken) => error = Some(self.refuse(self.explain(broken, old_label, rule))?),
            }
        }
    }

    fn old_code(&mut self) -> Result<Secret, Problem> {
        let Wording { old_label, old, .. } = self.wording;
        let text = format!("{}\n\n{}\n{}", self.say(old), self.about_card(), self.tries());
        self.well_formed(old_label, &text, None, None, self.card.code_format(self.operation.old_code()))
    }

    /// Asks for the new code, typed twice, unless it was `typed` already. A weak one is used only where the user
    /// insists; a change wants another code than the old one, while after an unblock the old PIN may come back.
    fn new_code(&mut self, old: &Secret, mut typed: Option<Entry>) -> Result<Secret, Problem> {
        let Wording { new_label: label, again, .. } = self.wording;
        let (again, differ) = (self.say(again), self.say("prompt_codes_differ"));
        let repeat = Repeat { label: &again, mismatch: &differ };
        let rule = self.card.code_format(self.operation.new_code());
        let text = format!("{}\n\n{}", self.about_new_code(), self.about_card());
        for _ in 0..MOST_MALFORMED {
            let new = self.well_formed(label, &text, Some((repeat, old)), typed.take(), rule)?;
            let Some(weak) = CodeWeakness::of(&new, self.card.cardholder()) else {
                return Ok(new);
            };
            let text =
                format!("{}\n\n{}", self.words.text(reason(weak), &[("code", label)]), self.about_card());
            if self.confirm(&text, "prompt_use_anyway", "prompt_choose_other")? {
                return Ok(new);
            }
        }
        Err(Problem::Malformed)
    }

    /// Asks until the code keeps the card's rule, unless it was `typed` already; the card is not touched before.
    fn well_formed(
        &mut self,
        label: &str,
        text: &str,
        new: Option<(Repeat<'_>, &Secret)>,
        mut typed: Option<Entry>,
        rule: &CodeFormat,
    ) -> Result<Secret, Problem> {
        let Frame { title, ok, cancel } = frame(self.words);
        let repeat = new.map(|(repeat, _)| repeat);
        let is_change = matches!(self.operation, Operation::Change(_));
        let mut error = None;
        loop {
            let question =
                Question { title: &title, text, error: error.as_deref(), ok: &ok, cancel: &cancel };
            let entry = match typed.take() {
                Some(entry) => entry,
                None => self.window.code(label, &question, repeat)?,
            };
            let wrong = match (entry, repeat) {
                (Some(code), _) => match (rule.check(&code), new) {
                    (Ok(()), Some((_, old))) if is_change && code.constant_time_eq(old) => {
                        self.words.text("prompt_same_code", &[("code", label)])
                    }
                    (Ok(()), _) => {
                        self.malformed = 0;
                        return Ok(code);
                    }
                    (Err(broken), _) => self.explain(broken, label, rule),
                },
                (None, Some(repeat)) => repeat.mismatch.to_owned(),
                (None, None) => return Err(Problem::Internal), // one entry cannot differ from itself
            };
            error = Some(self.refuse(wrong)?);
        }
    }

    /// Counts a malformed entry; the last one ends the operation.
    fn refuse(&mut self, wrong: String) -> Result<String, Problem> {
        self.malformed += 1;
        if self.malformed < MOST_MALFORMED { Ok(wrong) } else { Err(Problem::Malformed) }
    }

    fn explain(&self, error: CodeFormatError, label: &str, rule: &CodeFormat) -> String {
        let key = match error {
            CodeFormatError::NotDigits => "prompt_digits_only",
            CodeFormatError::TooShort => "prompt_too_short",
            CodeFormatError::TooLong => "prompt_too_long",
        };
        let limit = if error == CodeFormatError::TooShort { rule.min } else { rule.max };
        self.words.text(key, &[("code", label), ("limit", &limit.to_string())])
    }

    fn confirm(&mut self, text: &str, ok: &str, cancel: &str) -> Result<bool, Problem> {
        let (title, ok, cancel) = (self.say("prompt_title"), self.say(ok), self.say(cancel));
        self.window.confirm(&Question { title: &title, text, error: None, ok: &ok, cancel: &cancel })
    }

    fn tries(&self) -> String {
        match self.state {
            CodeState::Usable(Some(left)) => {
                self.words.text(self.wording.tries, &[("tries", &left.to_string())])
            }
            _ => self.say(self.wording.tries_unknown),
        }
    }

    fn about_new_code(&self) -> String {
        let rule = self.card.code_format(self.operation.new_code());
        let length = self.words.text(
            "prompt_length",
            &[("min", rule.min.to_string().as_str()), ("max", rule.max.to_string().as_str())],
        );
        format!("{} {length}", self.say(self.wording.new))
    }

    fn about_card(&self) -> String {
        let about =
            self.words.text("prompt_card", &[("reader", self.reader), ("card", &self.card.family().name)]);
        match self.card.certificates().first() {
            Some(certificate) => {
                format!("{about}\n{}", self.words.text("prompt_holder", &[("holder", &certificate.holder)]))
            }
            None => about,
        }
    }

    fn say(&self, key: &str) -> String {
        self.words.text(key, &[])
    }
}

/// Around every question for a code.
pub(super) fn frame(words: &Catalog) -> Frame {
    let say = |key| words.text(key, &[]);
    Frame { title: say("prompt_title"), ok: say("prompt_ok"), cancel: say("prompt_cancel") }
}

/// Why a new code is easily guessed.
fn reason(weak: CodeWeakness) -> &'static str {
    match weak {
        CodeWeakness::Sequence => "prompt_weak_sequence",
        CodeWeakness::OneDigit => "prompt_weak_one_digit",
        CodeWeakness::IdentityNumber => "prompt_weak_identity",
        CodeWeakness::BirthDate => "prompt_weak_birth_date",
    }
}
