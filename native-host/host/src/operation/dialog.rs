//! The questions of one operation.

use super::Operation;
use crate::prompt::{Question, Repeat, Window};
use eimza_card::{Card, CodeName, CodeRule, CodeState, Malformed, Secret, Weakness, weakness};
use eimza_protocol::{Lang, Problem};
use eimza_words::Words;

/// So many malformed entries in a row end the operation.
const MOST_MALFORMED: usize = 3;

/// What is asked of the user about one card.
pub(super) struct Dialog<'a, W> {
    operation: Operation,
    words: &'static Words,
    window: W,
    card: &'a Card,
    reader: &'a str,
}

impl<'a, W: Window> Dialog<'a, W> {
    pub(super) fn new(operation: Operation, lang: Lang, window: W, card: &'a Card, reader: &'a str) -> Self {
        Self { operation, words: Words::of(lang), window, card, reader }
    }

    /// With one try left, or an unknown number, the user says yes before being asked for the code
    /// that may be lost by it.
    pub(super) fn confirm_risk(&mut self, state: CodeState) -> Result<(), Problem> {
        let warning = match (state, self.operation.old_code()) {
            (CodeState::Usable(Some(1)), CodeName::Puk) => "prompt_last_try",
            (CodeState::Usable(Some(1)), CodeName::Pin) => "prompt_pin_last_try",
            (CodeState::Usable(None) | CodeState::Unknown, CodeName::Puk) => "prompt_tries_unknown",
            (CodeState::Usable(None) | CodeState::Unknown, CodeName::Pin) => "prompt_pin_tries_unknown",
            (CodeState::Usable(_) | CodeState::Blocked, _) => return Ok(()),
        };
        let mut text = format!("{}\n\n{}", self.say(warning), self.about_card());
        if self.card.certificates().is_empty() && self.card.family().shares_with_identity_card {
            // Nothing on the card tells it from an identity card.
            text = format!("{text}\n\n{}", self.say("prompt_no_certificate"));
        }
        if self.confirm(&text, "prompt_go_on", "prompt_cancel")? { Ok(()) } else { Err(Problem::Cancelled) }
    }

    /// Asks for the code that proves who the user is.
    pub(super) fn old_code(&mut self, state: CodeState) -> Result<Secret, Problem> {
        let code = self.operation.old_code();
        // The contract's labels in every language: scripts and screen readers know the fields by them.
        let (label, what, counted, unknown) = match code {
            CodeName::Puk => ("PUK", "prompt_puk", "prompt_puk_tries", "prompt_puk_tries_unknown"),
            CodeName::Pin => {
                ("Mevcut PIN", "prompt_current_pin", "prompt_pin_tries", "prompt_pin_tries_unknown_short")
            }
        };
        let tries = match state {
            CodeState::Usable(Some(left)) => self.words.say(counted, &[("tries", &left.to_string())]),
            _ => self.say(unknown),
        };
        let text = format!("{}\n\n{}\n{tries}", self.say(what), self.about_card());
        self.well_formed(label, &text, None, self.card.rule(code))
    }

    /// Asks for the new code, typed twice. A weak one is used only where the user insists; a change
    /// wants another code than the old one, while after an unblock the old PIN may come back.
    pub(super) fn new_code(&mut self, old: &Secret) -> Result<Secret, Problem> {
        let code = self.operation.new_code();
        let (label, again, what) = match (code, self.operation) {
            (CodeName::Pin, Operation::Unlock) => ("Yeni PIN", "prompt_pin_again", "prompt_pin"),
            (CodeName::Pin, Operation::Change(_)) => ("Yeni PIN", "prompt_pin_again", "prompt_changed_pin"),
            (CodeName::Puk, _) => ("Yeni PUK", "prompt_puk_again", "prompt_changed_puk"),
        };
        let (again, differ) = (self.say(again), self.say("prompt_codes_differ"));
        let repeat = Repeat { label: &again, mismatch: &differ };
        let text = format!("{}\n\n{}", self.say(what), self.about_card());
        for _ in 0..MOST_MALFORMED {
            let new = self.well_formed(label, &text, Some((repeat, old)), self.card.rule(code))?;
            let Some(weak) = weakness(&new, self.card.holder()) else {
                return Ok(new);
            };
            let text =
                format!("{}\n\n{}", self.words.say(reason(weak), &[("code", label)]), self.about_card());
            if self.confirm(&text, "prompt_use_anyway", "prompt_choose_other")? {
                return Ok(new);
            }
        }
        Err(Problem::Cancelled)
    }

    /// Asks until the code keeps the card's rule; the card is not touched before.
    fn well_formed(
        &mut self,
        label: &str,
        text: &str,
        new: Option<(Repeat<'_>, &Secret)>,
        rule: &CodeRule,
    ) -> Result<Secret, Problem> {
        let (title, ok, cancel) =
            (self.say("prompt_title"), self.say("prompt_ok"), self.say("prompt_cancel"));
        let is_change = matches!(self.operation, Operation::Change(_));
        let mut error = None;
        for _ in 0..MOST_MALFORMED {
            let question =
                Question { title: &title, text, error: error.as_deref(), ok: &ok, cancel: &cancel };
            let Some(code) = self.window.code(label, &question, new.map(|(repeat, _)| repeat))? else {
                error = new.map(|(repeat, _)| repeat.mismatch.to_owned());
                continue;
            };
            error = match (rule.check(&code), new) {
                (Ok(()), Some((_, old))) if is_change && code.same_as(old) => {
                    Some(self.words.say("prompt_same_code", &[("code", label)]))
                }
                (Ok(()), _) => return Ok(code),
                (Err(broken), _) => Some(self.explain(broken, label, rule)),
            };
        }
        Err(Problem::Malformed)
    }

    fn explain(&self, broken: Malformed, label: &str, rule: &CodeRule) -> String {
        let key = match broken {
            Malformed::NotDigits => "prompt_digits_only",
            Malformed::TooShort => "prompt_too_short",
            Malformed::TooLong => "prompt_too_long",
        };
        let limit = if broken == Malformed::TooShort { rule.min } else { rule.max };
        self.words.say(key, &[("code", label), ("limit", &limit.to_string())])
    }

    fn confirm(&mut self, text: &str, ok: &str, cancel: &str) -> Result<bool, Problem> {
        let (title, ok, cancel) = (self.say("prompt_title"), self.say(ok), self.say(cancel));
        self.window.confirm(&Question { title: &title, text, error: None, ok: &ok, cancel: &cancel })
    }

    fn about_card(&self) -> String {
        let about =
            self.words.say("prompt_card", &[("reader", self.reader), ("card", &self.card.family().name)]);
        match self.card.certificates().first() {
            Some(certificate) => {
                format!("{about}\n{}", self.words.say("prompt_holder", &[("holder", &certificate.holder)]))
            }
            None => about,
        }
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }
}

/// Why a new code is easily guessed.
fn reason(weak: Weakness) -> &'static str {
    match weak {
        Weakness::Sequence => "prompt_weak_sequence",
        Weakness::OneDigit => "prompt_weak_one_digit",
        Weakness::IdentityNumber => "prompt_weak_identity",
        Weakness::BirthDate => "prompt_weak_birth_date",
    }
}
