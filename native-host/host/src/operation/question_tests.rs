//! Tests of what the prompt shows: names of codes, tries, the card, warnings and reasons.

use super::error::Error;
use super::run::{EntryDevice, run_on_card};
use super::test_routes::{CommandTestRoute, Journal, PIN, PUK, TestCard, TestRoute};
use eimza_i18n::Catalog;
use eimza_prompt::{Cancellation, CodePair, Error as PromptError, Prompt, Question, Repeat};
use eimza_protocol::Lang;
use eimza_session::{
    CardDescription, CardSession, CodeEntry, CodeKind, CodeState, Consent, Error as SessionError, Operation,
    ReaderEntryError, Secret, SendGate,
};
use eimza_virtual_card::Profile;
use std::cell::RefCell;

const UNLOCK: Operation = Operation::Unlock;
const CHANGE_PIN: Operation = Operation::Change(CodeKind::Pin);
const CHANGE_PUK: Operation = Operation::Change(CodeKind::Puk);
const SEVERAL: CodeState = CodeState::Usable(Some(3));
const LAST: CodeState = CodeState::Usable(Some(1));

/// A question as the user saw it.
#[derive(Debug, Default)]
struct Shown {
    /// The labels of the fields, that of a repetition included; empty for a confirmation.
    fields: Vec<String>,
    text: String,
    error: String,
}

/// A user who answers in order and then leaves: codes, or "yes" and "no".
struct User<'a> {
    asks_pair: bool,
    answers: std::slice::Iter<'a, &'a str>,
    shown: &'a RefCell<Vec<Shown>>,
}

impl User<'_> {
    fn answer(&mut self, fields: &[&str], question: &Question<'_>) -> Result<String, PromptError> {
        self.shown.borrow_mut().push(Shown {
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
            text: question.text.to_string(),
            error: question.error.map(ToString::to_string).unwrap_or_default(),
        });
        self.answers.next().map(|&answer| answer.to_owned()).ok_or(PromptError::Cancelled)
    }
}

impl Prompt for User<'_> {
    fn ask_code(
        &mut self,
        label: &str,
        question: &Question<'_>,
        repeat: Option<Repeat<'_>>,
    ) -> Result<Option<Secret>, PromptError> {
        let fields: Vec<&str> =
            std::iter::once(label).chain(repeat.map(|repeat| repeat.label.as_str())).collect();
        Ok(Some(self.answer(&fields, question)?.bytes().collect()))
    }

    fn ask_code_pair(
        &mut self,
        [old, new]: [&str; 2],
        question: &Question<'_>,
        repeat: Repeat<'_>,
    ) -> Option<Result<CodePair, PromptError>> {
        self.asks_pair.then(|| {
            let old = self.answer(&[old, new, repeat.label.as_str()], question)?.bytes().collect();
            let new = self.answers.next().ok_or(PromptError::Cancelled)?;
            Ok((old, Some(new.bytes().collect())))
        })
    }

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, PromptError> {
        Ok(self.answer(&[], question)? == "yes")
    }

    fn show_while(&mut self, question: &Question<'_>, work: &mut dyn FnMut()) -> Result<(), PromptError> {
        self.shown.borrow_mut().push(Shown { text: question.text.to_string(), ..Shown::default() });
        work();
        Ok(())
    }
}

/// A session with a card that shows this state of its codes, and needs these consents.
struct Showing {
    session: Box<dyn CardSession>,
    description: CardDescription,
    state: CodeState,
    reader: Reader,
}

/// What the reader does if it is to take codes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// It has no keys.
    Plain,
    TakesCodes,
    Refuses,
    Fails,
}

impl CardSession for Showing {
    fn description(&self) -> &CardDescription {
        &self.description
    }

    fn state(&mut self, _: CodeKind) -> Result<CodeState, SessionError> {
        Ok(self.state)
    }

    fn unblock(self: Box<Self>, entry: CodeEntry, gate: &dyn SendGate) -> Result<(), SessionError> {
        self.session.unblock(entry, gate)
    }

    fn change(
        self: Box<Self>,
        code: CodeKind,
        entry: CodeEntry,
        gate: &dyn SendGate,
    ) -> Result<(), SessionError> {
        self.session.change(code, entry, gate)
    }

    fn reader_takes_codes(&mut self, _: Operation) -> Result<bool, SessionError> {
        Ok(self.reader != Reader::Plain)
    }

    fn enter_on_reader(
        self: Box<Self>,
        _: Operation,
        _: CodeState,
        gate: &dyn SendGate,
    ) -> Result<(), ReaderEntryError> {
        assert!(gate.pass(&mut || ()));
        match self.reader {
            Reader::TakesCodes => Ok(()),
            Reader::Refuses => Err(ReaderEntryError::Refused(self)),
            Reader::Fails => Err(ReaderEntryError::Failed(SessionError::WrongCode(Some(2)))),
            Reader::Plain => panic!("it has no keys"),
        }
    }

    fn close(self: Box<Self>) {
        self.session.close();
    }
}

/// What a run starts from: by default a card whose codes are known, and a prompt with a window for each code.
#[derive(Clone, Copy)]
struct Start {
    consents: &'static [Consent],
    operation: Operation,
    profile: &'static str,
    state: CodeState,
    asks_pair: bool,
    reader: Reader,
    device: EntryDevice,
}

const START: Start = Start {
    operation: UNLOCK,
    profile: "sanal",
    state: SEVERAL,
    asks_pair: false,
    consents: &[],
    reader: Reader::Plain,
    device: EntryDevice::Reader,
};

impl Start {
    /// Runs the operation with a user's answers; returns what was shown, and the result.
    fn run(self, answers: &[&str]) -> (Vec<Shown>, Result<(), Error>) {
        self.run_in(Lang::Tr, answers)
    }

    /// Runs it in a language.
    fn run_in(self, lang: Lang, answers: &[&str]) -> (Vec<Shown>, Result<(), Error>) {
        let card = TestCard::new(Profile::named(self.profile).unwrap());
        let opened = CommandTestRoute.open(&card, self.operation, &Journal::default()).unwrap();
        let session = opened.session;
        let description =
            CardDescription { consents: self.consents.to_vec(), ..session.description().clone() };
        let session = Box::new(Showing { session, description, state: self.state, reader: self.reader });
        let shown = RefCell::default();
        let user = User { asks_pair: self.asks_pair, answers: answers.iter(), shown: &shown };
        let result =
            run_on_card(self.operation, session, self.device, lang, &Cancellation::default(), || Ok(user));
        (shown.into_inner(), result)
    }

    fn shown(self, answers: &[&str]) -> Vec<Shown> {
        self.run(answers).0
    }
}

fn text(key: &str) -> String {
    Catalog::of(Lang::Tr).text(key, &[])
}

#[test]
fn each_operation_names_its_codes() {
    for (operation, old, old_text, new, repeated, new_text) in [
        (UNLOCK, "PUK", "prompt_puk", "Yeni PIN", "prompt_pin_again", "prompt_pin"),
        (
            CHANGE_PIN,
            "Mevcut PIN",
            "prompt_current_pin",
            "Yeni PIN",
            "prompt_pin_again",
            "prompt_changed_pin",
        ),
        (CHANGE_PUK, "PUK", "prompt_current_puk", "Yeni PUK", "prompt_puk_again", "prompt_changed_puk"),
    ] {
        let start = Start { operation, ..START };
        let shown = start.shown(&[if operation == CHANGE_PIN { PIN } else { PUK }]);
        assert_eq!(shown[0].fields, [old]);
        assert!(shown[0].text.starts_with(&text(old_text)), "{}", shown[0].text);
        assert_eq!(shown[1].fields, [new, &text(repeated)]);
        assert!(shown[1].text.starts_with(&format!("{} 4–8 rakam", text(new_text))), "{}", shown[1].text);

        let shown = Start { asks_pair: true, ..start }.shown(&[]);
        assert_eq!(shown[0].fields, [old, new, &text(repeated)]);
        for key in [old_text, new_text] {
            assert!(shown[0].text.contains(&text(key)), "{}", shown[0].text);
        }
    }
}

#[test]
fn nothing_of_the_questions_is_turkish_in_english() {
    for (operation, answer, fields) in [
        (UNLOCK, PUK, ["PUK", "New PIN", "New PIN (again)"]),
        (CHANGE_PIN, PIN, ["Current PIN", "New PIN", "New PIN (again)"]),
        (CHANGE_PUK, PUK, ["PUK", "New PUK", "New PUK (again)"]),
    ] {
        let start = Start { operation, ..START };
        let (shown, _) = Start { asks_pair: true, ..start }.run_in(Lang::En, &[]);
        assert_eq!(shown[0].fields, fields);
        let (shown, _) = start.run_in(Lang::En, &["12", answer, "12", "777777", "no"]);
        let fields_shown: Vec<_> = shown.iter().flat_map(|each| &each.fields).collect();
        assert!(fields_shown.iter().all(|field| fields.contains(&field.as_str())), "{fields_shown:?}");
        for Shown { text, error, .. } in &shown {
            for turkish in ["Yeni", "Mevcut", "Kalan", "rakam", "Okuyucu:", "Kart:", "Sahibi:"] {
                assert!(!text.contains(turkish) && !error.contains(turkish), "{text} {error}");
            }
        }
        assert!(shown.iter().any(|each| each.error.starts_with(fields[0])), "a malformed code is named");
        assert!(shown.iter().any(|each| each.text.starts_with(fields[1])), "a weak code is named");
    }
}

#[test]
fn the_question_for_the_old_code_tells_its_tries() {
    for (operation, tries, unknown) in [
        (UNLOCK, "Kalan PUK denemesi: 3", "Kalan PUK denemesi bilinmiyor"),
        (CHANGE_PIN, "Kalan PIN denemesi: 3", "Kalan PIN denemesi bilinmiyor"),
        (CHANGE_PUK, "Kalan PUK denemesi: 3", "Kalan PUK denemesi bilinmiyor"),
    ] {
        for asks_pair in [false, true] {
            let start = Start { operation, asks_pair, ..START };
            let shown = start.shown(&[]).pop().unwrap();
            assert!(shown.text.contains(&format!("\n\n{tries}\n")), "{}", shown.text);
            let shown = Start { state: CodeState::Unknown, ..start }.shown(&["yes"]).pop().unwrap();
            assert!(shown.text.contains(&format!("\n\n{unknown}\n")), "{}", shown.text);
        }
    }
}

#[test]
fn every_question_tells_the_card_and_its_holder() {
    let shown = Start { state: LAST, ..START }.shown(&["yes", PUK, "111111"]);
    assert_eq!(shown.len(), 4, "a warning, both codes, a weak code");
    for Shown { text, .. } in shown {
        for part in
            ["Okuyucu: Okuyucu 00 00", "AKİS 2.x (sanal deneme kartı)", "Sahibi: ÖRNEK İMZA SAHİBİ ĞÜŞIÇ"]
        {
            assert!(text.contains(part), "{text}");
        }
    }
    let shown = Start { profile: "akis-2x-no-certificate", ..START }.shown(&[]);
    assert!(!shown[0].text.contains("Sahibi"), "{}", shown[0].text);
}

#[test]
fn the_question_for_the_new_code_tells_its_length() {
    let shown = START.shown(&[PUK]);
    assert!(shown[1].text.contains("4–8 rakam"), "{}", shown[1].text);
}

#[test]
fn the_last_try_and_an_unknown_number_of_tries_are_warned_of() {
    for (operation, last, unknown) in [
        (UNLOCK, "prompt_last_try", "prompt_tries_unknown"),
        (CHANGE_PIN, "prompt_pin_last_try", "prompt_pin_tries_unknown"),
        (CHANGE_PUK, "prompt_puk_change_last_try", "prompt_puk_change_tries_unknown"),
    ] {
        for (state, warning) in [
            (LAST, Some(last)),
            (CodeState::Unknown, Some(unknown)),
            (CodeState::Usable(None), Some(unknown)),
            (SEVERAL, None),
        ] {
            let (shown, result) = Start { operation, state, ..START }.run(&["no"]);
            let is_confirmation = shown[0].fields.is_empty();
            assert_eq!(is_confirmation, warning.is_some(), "{shown:?}");
            if let Some(warning) = warning {
                assert!(shown[0].text.starts_with(&text(warning)), "{}", shown[0].text);
                assert_eq!((shown.len(), result), (1, Err(Error::Cancelled)));
            }
        }
    }
}

#[test]
fn assumed_references_are_warned_of_once() {
    let assumed = Start { profile: "akis-2x-aodf-unreadable", ..START };
    for (state, first, also) in [
        (SEVERAL, "prompt_codes_assumed", None),
        (LAST, "prompt_last_try", Some("card_codes_assumed")),
        (CodeState::Unknown, "prompt_tries_unknown", Some("card_codes_assumed")),
    ] {
        let warning = Start { state, ..assumed }.shown(&[]).remove(0).text;
        assert!(warning.starts_with(&text(first)), "{warning}");
        assert_eq!(warning.contains(&text("card_codes_assumed")), also.is_some(), "{warning}");
    }
    let known = Start { state: LAST, ..START }.shown(&[]).remove(0).text;
    assert!(!known.contains(&text("card_codes_assumed")), "{known}");
}

#[test]
fn a_card_that_may_be_an_identity_card_is_warned_of() {
    for (profile, may_be) in [("akis-2x-no-certificate", true), ("akis-2x", false), ("akis-1.0", false)] {
        let warning = Start { profile, state: LAST, ..START }.shown(&[]).remove(0).text;
        assert_eq!(warning.contains(&text("prompt_no_certificate")), may_be, "{profile}: {warning}");
    }
}

#[test]
fn a_malformed_code_is_asked_for_again_with_the_reason() {
    for (entered, reason) in [
        ("123", "PUK en az 4 haneli olmalı. Deneme hakkınız eksilmedi."),
        ("123456789", "PUK en çok 8 haneli olabilir. Deneme hakkınız eksilmedi."),
        ("1234a", "PUK yalnızca rakamlardan oluşmalı. Deneme hakkınız eksilmedi."),
    ] {
        for asks_pair in [false, true] {
            let start = Start { asks_pair, ..START };
            let shown = start.shown(&[entered, "739164"][..if asks_pair { 2 } else { 1 }]);
            assert_eq!(shown[1].error, reason);
            assert_eq!(shown[1].fields, shown[0].fields);
        }
    }
}

#[test]
fn a_changed_code_differs_from_the_old_one() {
    let (shown, result) = Start { operation: CHANGE_PIN, ..START }.run(&[PIN, PIN, "739164"]);
    assert_eq!(
        shown[2].error,
        "Yeni PIN eskisiyle aynı olamaz. Başka bir kod yazın; deneme hakkınız eksilmedi."
    );
    assert_eq!(result, Ok(()));
    // After unblocking, the PIN may have been forgotten or known: any new one is accepted.
    let (_, result) = START.run(&[PUK, PUK, "yes"]);
    assert_eq!(result, Ok(()));
}

#[test]
fn a_weak_code_is_used_only_after_a_confirmation() {
    for (weak, key) in [
        ("345678", "prompt_weak_sequence"),
        ("777777", "prompt_weak_one_digit"),
        ("000146", "prompt_weak_identity"),
        ("230580", "prompt_weak_birth_date"),
    ] {
        let warning = Catalog::of(Lang::Tr).text(key, &[("code", "Yeni PIN")]);
        let (shown, result) = START.run(&[PUK, weak, "yes"]);
        assert!(shown[2].text.starts_with(&warning), "{}", shown[2].text);
        assert_eq!((shown.len(), result), (3, Ok(())));
        let (shown, result) = START.run(&[PUK, weak, "no", "739164"]);
        assert_eq!(shown[3].fields[0], "Yeni PIN");
        assert_eq!((shown.len(), result), (4, Ok(())));
    }
}

#[test]
fn no_question_is_asked_about_a_blocked_or_unchangeable_code() {
    let (shown, result) = Start { state: CodeState::Blocked, ..START }.run(&[]);
    assert!(shown.is_empty() && matches!(result, Err(Error::Code(UNLOCK, _))));
    let fixed = Start { operation: CHANGE_PUK, profile: "akis-2x-fixed-puk", ..START };
    let (shown, result) = fixed.run(&[]);
    assert_eq!((shown.len(), result), (0, Err(Error::NotChangeable)));
}

/// Each consent is a question of its own after the warning, and whoever declines one is asked for no code.
#[test]
fn every_consent_of_the_route_is_asked_for_before_the_codes() {
    for operation in [UNLOCK, CHANGE_PIN, CHANGE_PUK] {
        for (consents, key) in [
            (&[Consent::NoModule], "prompt_no_module"),
            (&[Consent::UnconfirmedModule], "prompt_module_unconfirmed"),
        ] {
            let start = Start { operation, consents, ..START };
            let (shown, result) = start.run(&["no"]);
            assert!(shown[0].fields.is_empty() && shown[0].text.starts_with(&text(key)), "{shown:?}");
            assert_eq!((shown.len(), result), (1, Err(Error::Cancelled)));
            let shown = start.shown(&["yes"]);
            assert_eq!((shown.len(), shown[1].fields.len()), (2, 1), "{shown:?}");
            let shown = Start { state: LAST, ..start }.shown(&["yes", "no"]);
            assert!(shown[1].text.starts_with(&text(key)), "{shown:?}");
            assert_eq!(shown.len(), 2);
        }
    }
}

/// The prompt has no field: codes are typed on the reader only.
#[test]
fn reader_with_keys_is_announced_and_the_window_has_no_field() {
    for (operation, order) in [
        (UNLOCK, "prompt_reader_unlock"),
        (CHANGE_PIN, "prompt_reader_change_pin"),
        (CHANGE_PUK, "prompt_reader_change_puk"),
    ] {
        let start = Start { operation, reader: Reader::TakesCodes, ..START };
        let (shown, result) = start.run(&["yes"]);
        assert_eq!((shown.len(), result), (2, Ok(())));
        assert!(
            shown.iter().all(|shown| shown.fields.is_empty() && shown.text.contains(&text(order))),
            "{shown:?}"
        );
        let (shown, result) = start.run(&["no"]);
        assert_eq!((shown.len(), result), (1, Err(Error::Cancelled)));
        let (shown, _) = Start { device: EntryDevice::Window, ..start }.run(&[]);
        assert_eq!(shown[0].fields.len(), 1);
        let (_, result) = Start { reader: Reader::Fails, ..start }.run(&["yes"]);
        assert_eq!(result, Err(Error::Code(operation, SessionError::WrongCode(Some(2)))));
    }
}

#[test]
fn codes_are_asked_for_in_the_window_only_after_a_refusal_and_a_new_decision() {
    let start = Start { reader: Reader::Refuses, ..START };
    let (shown, result) = start.run(&["yes", "no"]);
    assert!(shown[2].text.starts_with(&text("prompt_reader_refused")), "{shown:?}");
    assert_eq!((shown.len(), result), (3, Err(Error::Cancelled)));
    let (shown, result) = start.run(&["yes", "yes", PUK, "739164"]);
    assert_eq!((shown[3].fields.len(), result), (1, Ok(())));
    let last = Start { state: LAST, ..start }.run(&["no"]).0;
    assert_eq!(last.len(), 1, "the risk comes first");
}
