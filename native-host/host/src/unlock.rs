//! `unlock`: asks for PUK and new PIN and unblocks the PIN.

use crate::problem;
use crate::prompt::{Prompt, Question, Repeat, Stop};
use crate::readers::{Connection, Service};
use eimza_card::{Card, CodeRule, CodeState, LinkError, Malformed, Secret};
use eimza_protocol::{Lang, Problem};
use eimza_words::Words;

/// So many malformed entries in a row end the operation.
const MOST_MALFORMED: usize = 3;

/// Unblocks the PIN of the card in `reader`, or of the only e-signature card there is. Returns the
/// reader's name.
///
/// # Errors
/// Whatever kept the card locked; see [`Problem`].
pub fn unlock(reader: Option<&str>, lang: Lang, stop: &Stop) -> Result<String, Problem> {
    let service = Service::connect()?;
    let (name, mut connection, card) = find_card(&service, reader)?;
    let done = unlock_card(&mut connection, &card, &name, lang, stop);
    connection.leave();
    done.map(|()| name)
}

fn unlock_card(
    connection: &mut Connection,
    card: &Card,
    reader: &str,
    lang: Lang,
    stop: &Stop,
) -> Result<(), Problem> {
    let puk_state =
        connection.turn().and_then(|mut turn| card.puk_state(&mut turn)).map_err(problem::of_link)?;
    if puk_state == CodeState::Blocked {
        return Err(Problem::PukBlocked);
    }
    let mut dialog = Dialog { words: Words::of(lang), prompt: Prompt::open(stop)?, card, reader };
    dialog.confirm_risk(puk_state)?;
    let puk = dialog.puk(puk_state)?;
    let new_pin = dialog.new_pin()?;
    drop(dialog);

    // The very handle from before the questions: where the card was pulled out, reset or swapped
    // meanwhile, taking the turn fails and both codes are dropped unsent.
    let mut turn = connection.turn().map_err(changed_meanwhile)?;
    let sent = stop.uninterrupted(|| card.unblock(&mut turn, puk, new_pin));
    turn.end_with_reset();
    sent.ok_or(Problem::Cancelled)?.map_err(problem::of_unblock)
}

/// The named reader's card, else the only e-signature card; its problem where there is none.
fn find_card(service: &Service, reader: Option<&str>) -> Result<(String, Connection, Card), Problem> {
    let names = match reader {
        Some(name) => vec![name.to_owned()],
        None => service.readers()?,
    };
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match open(service, &name) {
            Ok((connection, card)) => found.push((name, connection, card)),
            Err(problem) => problems.push(problem),
        }
    }
    if found.len() > 1 {
        found.into_iter().for_each(|(_, connection, _)| connection.leave());
        return Err(Problem::SeveralCards);
    }
    // Of several readers without a card for us, the one that holds any card tells more.
    let reason = problems.iter().position(|problem| *problem != Problem::NoCard).unwrap_or(0);
    found.pop().ok_or_else(
        || {
            if problems.is_empty() { Problem::NoReader } else { problems.swap_remove(reason) }
        },
    )
}

fn open(service: &Service, name: &str) -> Result<(Connection, Card), Problem> {
    let mut connection = service.open(name)?;
    let atr = connection.atr().map_err(problem::of_link)?;
    let opened = connection
        .turn()
        .map_err(problem::of_link)
        .and_then(|mut turn| Card::open(&mut turn, &atr).map_err(problem::of_refusal));
    match opened {
        Ok(card) => Ok((connection, card)),
        Err(problem) => {
            connection.leave();
            Err(problem)
        }
    }
}

/// A card that is gone when its turn comes was there when the user was asked: it was swapped or
/// pulled out in between, and another may be in its place.
fn changed_meanwhile(error: LinkError) -> Problem {
    match error {
        LinkError::Removed => Problem::CardChanged,
        other => problem::of_link(other),
    }
}

/// The questions of one unlock.
struct Dialog<'a> {
    words: &'static Words,
    prompt: Prompt,
    card: &'a Card,
    reader: &'a str,
}

impl Dialog<'_> {
    /// With one try left, or an unknown number, the user says yes before being asked for the PUK.
    fn confirm_risk(&mut self, puk: CodeState) -> Result<(), Problem> {
        let warning = match puk {
            CodeState::Usable(Some(1)) => "prompt_last_try",
            CodeState::Usable(None) | CodeState::Unknown => "prompt_tries_unknown",
            CodeState::Usable(_) | CodeState::Blocked => return Ok(()),
        };
        let text = format!("{}\n\n{}", self.words.say(warning, &[]), self.about_card());
        let (title, ok, cancel) =
            (self.say("prompt_title"), self.say("prompt_go_on"), self.say("prompt_cancel"));
        self.prompt.confirm(&Question { title: &title, text: &text, error: None, ok: &ok, cancel: &cancel })
    }

    fn puk(&mut self, state: CodeState) -> Result<Secret, Problem> {
        let tries = match state {
            CodeState::Usable(Some(left)) => {
                self.words.say("prompt_puk_tries", &[("tries", &left.to_string())])
            }
            _ => self.say("prompt_puk_tries_unknown"),
        };
        let text = format!("{}\n\n{}\n{tries}", self.say("prompt_puk"), self.about_card());
        self.well_formed("PUK", &text, None, self.card.puk_rule())
    }

    fn new_pin(&mut self) -> Result<Secret, Problem> {
        let (again, differ) = (self.say("prompt_pin_again"), self.say("prompt_pins_differ"));
        let repeat = Repeat { label: &again, mismatch: &differ };
        let text = format!("{}\n\n{}", self.say("prompt_pin"), self.about_card());
        // The contract's label in every language: scripts and screen readers know the field by it.
        self.well_formed("Yeni PIN", &text, Some(repeat), self.card.pin_rule())
    }

    /// Asks until the code keeps the card's rule; the card is not touched before.
    fn well_formed(
        &mut self,
        label: &str,
        text: &str,
        repeat: Option<Repeat<'_>>,
        rule: &CodeRule,
    ) -> Result<Secret, Problem> {
        let (title, ok, cancel) =
            (self.say("prompt_title"), self.say("prompt_ok"), self.say("prompt_cancel"));
        let mut error = None;
        for _ in 0..MOST_MALFORMED {
            let question =
                Question { title: &title, text, error: error.as_deref(), ok: &ok, cancel: &cancel };
            let Some(code) = self.prompt.code(label, &question, repeat)? else {
                error = repeat.map(|repeat| repeat.mismatch.to_owned());
                continue;
            };
            match rule.check(&code) {
                Ok(()) => return Ok(code),
                Err(broken) => error = Some(self.explain(broken, label, rule)),
            }
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

    fn about_card(&self) -> String {
        self.words.say("prompt_card", &[("reader", self.reader), ("card", &self.card.family().name)])
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }
}
