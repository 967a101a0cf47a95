//! The questions of one operation.

use super::wording::Wording;
use super::{Operation, Subject};
use crate::prompt::{Question, Repeat, Window};
use eimza_card::{Card, CodeRule, CodeState, Malformed, Secret, Weakness, weakness};
use eimza_protocol::{Lang, Problem};
use eimza_words::Words;

/// So many malformed entries in a row end the operation.
const MOST_MALFORMED: usize = 3;

/// What is asked of the user about one card.
pub(super) struct Dialog<'a, W> {
    operation: Operation,
    words: &'static Words,
    wording: &'static Wording,
    window: W,
    card: &'a Card,
    state: CodeState,
    reader: &'a str,
}

impl<'a, W: Window> Dialog<'a, W> {
    pub(super) fn new(operation: Operation, lang: Lang, window: W, subject: &Subject<'a>) -> Self {
        let (words, wording) = (Words::of(lang), Wording::of(operation));
        let &Subject { card, state, reader } = subject;
        Self { operation, words, wording, window, card, state, reader }
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

    /// Asks for the code that proves who the user is.
    pub(super) fn old_code(&mut self) -> Result<Secret, Problem> {
        let Wording { old_label, old, tries, tries_unknown, .. } = self.wording;
        let tries = match self.state {
            CodeState::Usable(Some(left)) => self.words.say(tries, &[("tries", &left.to_string())]),
            _ => self.say(tries_unknown),
        };
        let text = format!("{}\n\n{}\n{tries}", self.say(old), self.about_card());
        self.well_formed(old_label, &text, None, self.card.rule(self.operation.old_code()))
    }

    /// Asks for the new code, typed twice. A weak one is used only where the user insists; a change
    /// wants another code than the old one, while after an unblock the old PIN may come back.
    pub(super) fn new_code(&mut self, old: &Secret) -> Result<Secret, Problem> {
        let Wording { new_label: label, again, new: what, .. } = self.wording;
        let (again, differ) = (self.say(again), self.say("prompt_codes_differ"));
        let repeat = Repeat { label: &again, mismatch: &differ };
        let rule = self.card.rule(self.operation.new_code());
        let length = self.words.say(
            "prompt_length",
            &[("min", rule.min.to_string().as_str()), ("max", rule.max.to_string().as_str())],
        );
        let text = format!("{} {length}\n\n{}", self.say(what), self.about_card());
        for _ in 0..MOST_MALFORMED {
            let new = self.well_formed(label, &text, Some((repeat, old)), rule)?;
            let Some(weak) = weakness(&new, self.card.holder()) else {
                return Ok(new);
            };
            let text =
                format!("{}\n\n{}", self.words.say(reason(weak), &[("code", label)]), self.about_card());
            if self.confirm(&text, "prompt_use_anyway", "prompt_choose_other")? {
                return Ok(new);
            }
        }
        Err(Problem::Malformed)
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
