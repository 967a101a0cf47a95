//! Asks the user the questions of one operation.

use super::error::Error;
use super::message::message;
use super::wording::Wording;
use eimza_display_text::{DisplayText, ScreenText};
use eimza_i18n::Catalog;
use eimza_prompt::{Prompt, PromptLabels, Question, Repeat};
use eimza_session::{
    CardDescription, CodeFormat, CodeFormatError, CodeKind, CodeState, CodeWeakness, Consent, Operation,
    Secret,
};

/// The number of consecutive malformed entries that ends the operation.
const MAX_MALFORMED: usize = 3;

/// Asks the questions of one operation on one card.
pub(super) struct Questions<'a, P> {
    operation: Operation,
    catalog: &'static Catalog,
    wording: &'static Wording,
    prompt: P,
    card: &'a CardDescription,
    /// The state of the old code.
    state: CodeState,
    /// The number of consecutive malformed entries.
    malformed: usize,
}

/// An entered code; `None` if its two entries differ.
type Entry = Option<Secret>;

impl<'a, P: Prompt> Questions<'a, P> {
    pub(super) fn new(
        operation: Operation,
        catalog: &'static Catalog,
        prompt: P,
        card: &'a CardDescription,
        state: CodeState,
    ) -> Self {
        let wording = Wording::of(operation);
        Self { operation, catalog, wording, prompt, card, state, malformed: 0 }
    }

    /// Asks for confirmation before the user enters a code that could be blocked: if one or an unknown number
    /// of tries is left, or the code references are assumed.
    pub(super) fn confirm_risk(&mut self) -> Result<(), Error> {
        let warning = match self.state {
            CodeState::Usable(Some(1)) => self.wording.last_try,
            CodeState::Usable(None) | CodeState::Unknown => self.wording.maybe_last_try,
            _ if !self.card.codes_are_from_card => "prompt_codes_assumed",
            CodeState::Usable(_) | CodeState::Blocked => return Ok(()),
        };
        // The names of others come last: whatever they are, a window that shows less shows our sentences.
        let mut text = self.text(warning);
        if !self.card.codes_are_from_card && warning != "prompt_codes_assumed" {
            text = text.join(2, &self.text("card_codes_assumed"));
        }
        if self.card.may_be_identity_card {
            // Nothing on the card distinguishes it from an identity card.
            text = text.join(2, &self.text("prompt_no_certificate"));
        }
        self.go_on(text)
    }

    /// Asks for each consent that the route of the codes needs.
    pub(super) fn confirm_route(&mut self) -> Result<(), Error> {
        for consent in &self.card.consents {
            self.go_on(self.text(consent_key(*consent)))?;
        }
        Ok(())
    }

    /// Announces that the codes are typed on the reader, and asks whether to begin: from then on the reader waits.
    pub(super) fn confirm_entry_on_reader(&mut self) -> Result<(), Error> {
        let entry = self.text("prompt_reader").then(&self.text(self.wording.on_reader));
        let text = entry.join(1, &self.new_code_description()).join(2, &self.tries_left());
        self.go_on(text)
    }

    /// Shows what to type on the reader while `enter` has it take the codes.
    pub(super) fn show_entry_on_reader(&mut self, enter: impl FnOnce()) -> Result<(), Error> {
        let labels = labels(self.catalog, "prompt_close", "prompt_close");
        let entry = self.text("prompt_reader_now").then(&self.text(self.wording.on_reader));
        let text = entry.join(2, &self.card_description());
        let mut enter = Some(enter);
        let question = Question { labels: &labels, text: &text, error: None };
        Ok(self.prompt.show_while(&question, &mut || _ = enter.take().map(|enter| enter()))?)
    }

    /// Tells that the reader refused to take codes, and asks whether to type them in the window instead.
    pub(super) fn confirm_entry_in_window(&mut self) -> Result<(), Error> {
        self.go_on(self.text("prompt_reader_refused"))
    }

    fn go_on(&mut self, text: ScreenText) -> Result<(), Error> {
        let text = text.join(2, &self.card_description());
        if self.confirm(&text, "prompt_go_on", "prompt_cancel")? { Ok(()) } else { Err(Error::Cancelled) }
    }

    /// Asks for the old and the new code: in one window if the prompt can show both, otherwise one after the
    /// other. A well-formed old code is not asked for again.
    pub(super) fn ask_codes(&mut self) -> Result<(Secret, Secret), Error> {
        let Wording { old_label, new_label, repeat_label, .. } = self.wording;
        let [old_label, new_label] = [old_label, new_label].map(|key| self.text(key));
        let (repeat_label, mismatch) = (self.text(repeat_label), self.text("prompt_codes_differ"));
        let repeat = Repeat { label: &repeat_label, mismatch: &mismatch };
        let card = self.tries_left().join(1, &self.card_description());
        let text = self.text(self.wording.old).join(1, &self.new_code_description()).join(2, &card);
        let labels = labels(self.catalog, "prompt_ok", "prompt_cancel");
        let format = self.format(self.operation.old_code());
        let mut error = None;
        loop {
            let question = Question { labels: &labels, text: &text, error: error.as_ref() };
            let Some(entered) =
                self.prompt.ask_code_pair([old_label.as_str(), new_label.as_str()], &question, repeat)
            else {
                let old = self.ask_old_code()?;
                let new = self.ask_new_code(&old, None)?;
                return Ok((old, new));
            };
            let (old, new) = entered?;
            match format.check(&old) {
                Ok(()) => {
                    let new = self.ask_new_code(&old, Some(new))?;
                    return Ok((old, new));
                }
                Err(malformed) => {
                    error = Some(self.count_malformed(self.malformed_text(
                        malformed,
                        old_label.as_str(),
                        format,
                    ))?);
                }
            }
        }
    }

    fn ask_old_code(&mut self) -> Result<Secret, Error> {
        let Wording { old_label, old, .. } = self.wording;
        let label = self.text(old_label);
        let text = self.text(old).join(2, &self.tries_left()).join(1, &self.card_description());
        self.ask_well_formed(label.as_str(), &text, None, None, self.format(self.operation.old_code()))
    }

    /// Asks for the new code, twice, unless it was `entered` already. A weak code is used only if the user
    /// confirms it. A change requires a code that differs from the old one; after an unblock the old PIN may
    /// be set again.
    fn ask_new_code(&mut self, old: &Secret, mut entered: Option<Entry>) -> Result<Secret, Error> {
        let Wording { new_label, repeat_label, .. } = self.wording;
        let label = self.text(new_label);
        let label = label.as_str();
        let (repeat_label, mismatch) = (self.text(repeat_label), self.text("prompt_codes_differ"));
        let repeat = Repeat { label: &repeat_label, mismatch: &mismatch };
        let format = self.format(self.operation.new_code());
        let text = self.new_code_description().join(2, &self.card_description());
        for _ in 0..MAX_MALFORMED {
            let new = self.ask_well_formed(label, &text, Some((repeat, old)), entered.take(), format)?;
            let Some(weakness) = CodeWeakness::of(&new, &self.card.cardholder) else {
                return Ok(new);
            };
            let warning = self.text_with(weakness_key(weakness), &[("code", DisplayText::new(label))]);
            let text = warning.join(2, &self.card_description());
            if self.confirm(&text, "prompt_use_anyway", "prompt_choose_other")? {
                return Ok(new);
            }
        }
        Err(Error::MalformedEntries)
    }

    /// Asks until the code conforms to the card's format, unless it was `entered` already. Sends nothing to
    /// the card.
    fn ask_well_formed(
        &mut self,
        label: &str,
        text: &ScreenText,
        new: Option<(Repeat<'_>, &Secret)>,
        mut entered: Option<Entry>,
        format: &CodeFormat,
    ) -> Result<Secret, Error> {
        let labels = labels(self.catalog, "prompt_ok", "prompt_cancel");
        let repeat = new.map(|(repeat, _)| repeat);
        let is_change = matches!(self.operation, Operation::Change(_));
        let mut error = None;
        loop {
            let question = Question { labels: &labels, text, error: error.as_ref() };
            let entry = match entered.take() {
                Some(entry) => entry,
                None => self.prompt.ask_code(label, &question, repeat)?,
            };
            let reason = match (entry, repeat) {
                (Some(code), _) => match (format.check(&code), new) {
                    (Ok(()), Some((_, old))) if is_change && code.constant_time_eq(old) => {
                        self.text_with("prompt_same_code", &[("code", label.into())])
                    }
                    (Ok(()), _) => {
                        self.malformed = 0;
                        return Ok(code);
                    }
                    (Err(malformed), _) => self.malformed_text(malformed, label, format),
                },
                (None, Some(repeat)) => repeat.mismatch.clone(),
                (None, None) => return Err(Error::Internal), // a single entry cannot differ from itself
            };
            error = Some(self.count_malformed(reason)?);
        }
    }

    /// Counts a malformed entry; returns its reason, or an error if it was one too many.
    fn count_malformed(&mut self, reason: ScreenText) -> Result<ScreenText, Error> {
        self.malformed += 1;
        if self.malformed < MAX_MALFORMED { Ok(reason) } else { Err(Error::MalformedEntries) }
    }

    fn malformed_text(&self, malformed: CodeFormatError, label: &str, format: &CodeFormat) -> ScreenText {
        let key = match malformed {
            CodeFormatError::NotDigits => "prompt_digits_only",
            CodeFormatError::TooShort => "prompt_too_short",
            CodeFormatError::TooLong => "prompt_too_long",
        };
        let limit = if malformed == CodeFormatError::TooShort { format.min } else { format.max };
        self.text_with(key, &[("code", label.into()), ("limit", number(limit))])
    }

    fn confirm(&mut self, text: &ScreenText, ok: &str, cancel: &str) -> Result<bool, Error> {
        let labels = labels(self.catalog, ok, cancel);
        Ok(self.prompt.confirm(&Question { labels: &labels, text, error: None })?)
    }

    fn tries_left(&self) -> ScreenText {
        match self.state {
            CodeState::Usable(Some(left)) => {
                self.text_with(self.wording.tries, &[("tries", number(left.into()))])
            }
            _ => self.text(self.wording.tries_unknown),
        }
    }

    fn new_code_description(&self) -> ScreenText {
        let format = self.format(self.operation.new_code());
        let limits = [("min", number(format.min)), ("max", number(format.max))];
        self.text(self.wording.new).then(&self.text_with("prompt_length", &limits))
    }

    fn card_description(&self) -> ScreenText {
        let (reader, family) = (self.card.reader.clone(), self.card.family.clone());
        let card = self.text_with("prompt_card", &[("reader", reader), ("card", family)]);
        match self.card.certificates.first() {
            Some(certificate) => {
                let holder = ("holder", certificate.holder.clone());
                card.join(1, &self.text_with("prompt_holder", &[holder]))
            }
            None => card,
        }
    }

    fn format(&self, code: CodeKind) -> &'a CodeFormat {
        &self.card.rules(code).format
    }

    fn text(&self, key: &str) -> ScreenText {
        self.text_with(key, &[])
    }

    fn text_with(&self, key: &str, arguments: &[(&str, DisplayText)]) -> ScreenText {
        message(self.catalog, key, arguments)
    }
}

fn number(number: usize) -> DisplayText {
    DisplayText::new(&number.to_string())
}

/// Returns the title and the buttons of a prompt, by the keys of the buttons.
pub(super) fn labels(catalog: &Catalog, ok: &str, cancel: &str) -> PromptLabels {
    let text = |key| message(catalog, key, &[]);
    PromptLabels { title: text("prompt_title"), ok: text(ok), cancel: text(cancel) }
}

/// Returns the key of the question about a consent.
fn consent_key(consent: Consent) -> &'static str {
    match consent {
        Consent::NoModule => "prompt_no_module",
        Consent::UnconfirmedModule => "prompt_module_unconfirmed",
    }
}

/// Returns the key of the warning about a weak code.
fn weakness_key(weakness: CodeWeakness) -> &'static str {
    match weakness {
        CodeWeakness::Sequence => "prompt_weak_sequence",
        CodeWeakness::OneDigit => "prompt_weak_one_digit",
        CodeWeakness::IdentityNumber => "prompt_weak_identity",
        CodeWeakness::BirthDate => "prompt_weak_birth_date",
    }
}
