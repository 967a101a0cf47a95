//! The card as elements.

use super::state::{Button, Link, Panel, Step};
use crate::panel::pen::Pen;
use crate::panel::{Press, guide};
use eimza_protocol::{
    CardStatus, Certificate, CodeState, CodesFrom, Command, Diagnostics, Problem, Validity,
};
use web_sys::Element;

/// The card's state and what can be done about it; `now` in seconds since 1970.
pub(crate) fn card(pen: &mut Pen<Press>, panel: &Panel, now: u64) -> Vec<Element> {
    let mut content = vec![pen.text("h2", "", "panel_card_title")];
    content.extend(Drawing { pen, now }.content(panel));
    content
}

/// What stays on show whatever else is: a refused PUK, an unlock that was broken off.
pub(crate) fn warnings(pen: &mut Pen<Press>, panel: &Panel) -> Vec<Element> {
    let mut warnings = Vec::new();
    match panel.refused() {
        Some(Some(0)) => {
            let line = pen.text("p", "", "panel_warning_puk_blocked");
            warnings.push(pen.alert("warning", &[line]));
        }
        Some(tries) => {
            let text = match tries {
                Some(left) => pen.words.text("panel_warning_tries", &[("tries", &left.to_string())]),
                None => pen.say("panel_warning"),
            };
            let line = pen.plain("p", "", &text);
            let guess = pen.text("p", "", "panel_guess_warning");
            warnings.push(pen.alert("warning", &[line, guess]));
        }
        None => {}
    }
    if panel.interrupted {
        let text = pen.text("p", "", "panel_interrupted");
        let understood = pen.button("understood", Press::Card(Button::Understood), "panel_understood", false);
        warnings.push(pen.alert("warning", &[text]));
        warnings.push(understood);
    }
    warnings
}

/// The procedure that leads to the next card.
const RENEWAL: &str = "renewal";

/// What is said where an operation is done.
fn done(command: Command) -> &'static str {
    match command {
        Command::ChangePin => "panel_pin_changed",
        Command::ChangePuk => "panel_puk_changed",
        Command::Unlock | Command::Status | Command::Watch | Command::Doctor => "panel_unlocked",
    }
}

struct Drawing<'a> {
    pen: &'a mut Pen<Press>,
    now: u64,
}

impl Drawing<'_> {
    fn content(&mut self, panel: &Panel) -> Vec<Element> {
        match &panel.step {
            Step::Examining => return vec![self.pen.notice("panel_examining")],
            Step::Examined(findings) => return self.findings(findings),
            _ => {}
        }
        let mut content = self.outcome(panel);
        match (&panel.link, &panel.readers) {
            (Link::Connecting, _) => content.push(self.pen.notice("panel_looking")),
            (Link::Closed(problem), _) => {
                content.push(self.problem(&problem.sentences().map(|key| self.pen.say(&key))));
                content.push(self.button("again", Button::Again, "panel_again", true));
            }
            (Link::Open, None) => content.push(self.pen.notice("panel_looking")),
            (Link::Open, Some(Err(error))) => {
                content.push(self.host_problem(error));
                content.push(self.button("again", Button::Again, "panel_again", true));
                content.push(self.button("examine", Button::Examine, "panel_examine", false));
            }
            (Link::Open, Some(Ok(_))) => content.extend(self.reader(panel)),
        }
        content
    }

    /// How the last operation ended.
    fn outcome(&mut self, panel: &Panel) -> Vec<Element> {
        match &panel.step {
            Step::Done(command) => vec![{
                let text = self.pen.text("p", "", done(*command));
                self.pen.alert("success", &[text])
            }],
            Step::Failed(problem) => vec![self.host_problem(problem)],
            _ => Vec::new(),
        }
    }

    fn reader(&mut self, panel: &Panel) -> Vec<Element> {
        let Some(reader) = panel.reader() else {
            return Vec::new();
        };
        let mut rows = vec![("panel_reader", reader.name.clone())];
        let mut content = self.choice(panel, &reader.name);
        let Some(card) = &reader.card else {
            content.push(self.pen.rows(&rows));
            if let Some(error) = &reader.error {
                content.push(self.host_problem(error));
            }
            content.push(self.button("again", Button::Again, "panel_again", true));
            content.push(self.button("examine", Button::Examine, "panel_examine", false));
            return content;
        };
        rows.push(("panel_card", card.family.clone()));
        let certificate = card.certificates.first();
        rows.extend(certificate.map(|certificate| ("panel_holder", certificate.holder.clone())));
        rows.push(("panel_pin", self.code(card.pin)));
        rows.push(("panel_puk", self.code(card.puk)));
        content.push(self.pen.rows(&rows));
        content.extend(certificate.map_or_else(Vec::new, |certificate| self.validity(certificate)));
        if card.codes_from == CodesFrom::Assumption {
            content.push(self.pen.text("p", "note", "card_codes_assumed"));
        }
        content.extend(self.step(panel, card));
        // Below what is to be done: few need it.
        content.extend(certificate.map(|certificate| {
            let Certificate { issuer, serial, .. } = certificate;
            self.pen.rows(&[("panel_issuer", issuer.clone()), ("panel_serial", serial.clone())])
        }));
        content
    }

    /// Of several cards, which one is meant.
    fn choice(&mut self, panel: &Panel, shown: &str) -> Vec<Element> {
        let readers = panel.with_card();
        // What is under way is for the card that it was begun with.
        if readers.len() < 2 || matches!(panel.step, Step::Working(_)) {
            return Vec::new();
        }
        let options = readers.into_iter().map(|reader| {
            let holder = reader.card.iter().flat_map(|card| &card.certificates).next();
            let text = match holder {
                Some(certificate) => self.pen.words.text(
                    "panel_card_choice",
                    &[
                        ("holder", certificate.holder.as_str()),
                        ("day", certificate.last_valid_day().as_str()),
                        ("reader", reader.name.as_str()),
                    ],
                ),
                None => reader.name.clone(),
            };
            (reader.name.clone(), text, Press::Card(Button::Choose(reader.name.clone())))
        });
        vec![self.pen.list("which-card", "panel_which_card", options.collect(), shown)]
    }

    /// From when till when the certificate holds, and what to do where it ends soon.
    fn validity(&mut self, certificate: &Certificate) -> Vec<Element> {
        let validity = certificate.validity(self.now);
        let (key, arguments) = validity.message();
        let text = self.pen.plain("p", "", &self.pen.words.text_with(key, &arguments));
        if validity.is_renewal_due() {
            let renewal = Press::Guide(guide::state::Button::Open(RENEWAL.to_owned()));
            let renew = self.pen.button("renew", renewal, "panel_renew", false);
            return vec![self.pen.element("div", "warning", &[text]), renew];
        }
        match validity {
            Validity::NotYetValid(_) => vec![self.pen.element("div", "warning", &[text])],
            Validity::Valid(_) | Validity::Expired(_) => vec![text],
        }
    }

    fn step(&mut self, panel: &Panel, card: &CardStatus) -> Vec<Element> {
        match &panel.step {
            // What was said to be done is not doubted, also where the card does not tell.
            Step::Done(Command::Unlock | Command::ChangePin) => self.not_blocked(card),
            Step::Overview | Step::Done(_) => match card.pin {
                CodeState::Blocked => self.puk_question(card),
                // It may be blocked or not: both ways stand open.
                CodeState::Unknown => {
                    let mut content = self.puk_question(card);
                    content.extend(self.changes(card));
                    content
                }
                CodeState::Usable { .. } => self.not_blocked(card),
            },
            Step::PukQuestion => self.puk_question(card),
            Step::OfficialWay => self.official_way(),
            Step::WithPuk => self.with_puk(card),
            Step::Working(_) => vec![
                self.pen.notice("panel_working"),
                self.button("give-up", Button::GiveUp, "panel_give_up", false),
            ],
            Step::Failed(problem) => {
                let mut buttons = vec![self.button("back", Button::Back, "panel_back_to_card", true)];
                if matches!(problem, Problem::PromptMissing | Problem::PromptFailed | Problem::CardSilent) {
                    buttons.push(self.button("examine", Button::Examine, "panel_examine", false));
                }
                buttons
            }
            Step::Examining | Step::Examined(_) => Vec::new(), // shown instead of the card
        }
    }

    /// What the host found wrong with this computer, part by part.
    fn findings(&mut self, found: &Diagnostics) -> Vec<Element> {
        let mut content = vec![self.heading("panel_examine")];
        for finding in &found.findings {
            let part = self.pen.say(finding.part.name_key());
            let part = finding.name.as_ref().map_or(part.clone(), |name| format!("{part}: {name}"));
            let Some(problem) = &finding.problem else {
                let well = self.pen.words.text("panel_part_is_well", &[("part", part.as_str())]);
                content.push(self.pen.plain("p", "", &well));
                continue;
            };
            let part = self.pen.plain("p", "what", &part);
            let [happened, remedy] =
                self.pen.words.explain(problem).map(|sentence| self.pen.plain("p", "", &sentence));
            content.push(self.pen.element("div", "warning", &[part, happened, remedy]));
        }
        content.push(self.button("examine", Button::Examine, "panel_again", false));
        content.push(self.button("back", Button::Back, "panel_back_to_card", true));
        content
    }

    fn not_blocked(&mut self, card: &CardStatus) -> Vec<Element> {
        let mut content = vec![self.pen.text("p", "", "panel_not_blocked")];
        content.push(self.button("forgotten", Button::Forgotten, "panel_forgot", false));
        content.extend(self.changes(card));
        content.push(self.button("refresh", Button::Refresh, "panel_refresh", false));
        content
    }

    /// The codes that their owner may change on this card.
    fn changes(&mut self, card: &CardStatus) -> Vec<Element> {
        let mut buttons = Vec::new();
        if card.changeable.pin && card.pin != CodeState::Blocked {
            buttons.push(self.button("change-pin", Button::ChangePin, "panel_change_pin", false));
        }
        if card.changeable.puk && card.puk != CodeState::Blocked {
            buttons.push(self.button("change-puk", Button::ChangePuk, "panel_change_puk", false));
        }
        buttons
    }

    fn puk_question(&mut self, card: &CardStatus) -> Vec<Element> {
        if card.puk == CodeState::Blocked {
            // To ask for it would help nobody.
            let way = self.button("no-puk", Button::NoPuk, "panel_official_title", true);
            return vec![self.host_problem(&Problem::PukBlocked), way];
        }
        vec![
            self.heading("panel_puk_question"),
            self.pen.text("p", "", "panel_puk_explain"),
            self.button("have-puk", Button::HavePuk, "panel_yes", true),
            self.button("no-puk", Button::NoPuk, "panel_no", false),
        ]
    }

    fn official_way(&mut self) -> Vec<Element> {
        let guess = self.pen.text("p", "", "panel_guess_warning");
        vec![
            self.heading("panel_official_title"),
            self.pen.text("p", "", "panel_official_explain"),
            self.pen.button(
                "official",
                Press::Guide(guide::state::Button::WithoutPuk),
                "panel_official_steps",
                true,
            ),
            self.pen.element("div", "warning", &[guess]),
            self.button("back", Button::Back, "panel_back", false),
        ]
    }

    fn with_puk(&mut self, card: &CardStatus) -> Vec<Element> {
        let tries = match card.puk {
            CodeState::Usable { tries: Some(left) } => {
                self.pen.words.text("panel_puk_tries", &[("tries", &left.to_string())])
            }
            CodeState::Blocked => {
                let back = self.button("back", Button::Back, "panel_back", true);
                return vec![self.host_problem(&Problem::PukBlocked), back];
            }
            _ => self.pen.words.text("panel_puk_tries_unknown", &[]),
        };
        let guess = self.pen.text("p", "", "panel_guess_warning");
        let tries = self.pen.plain("p", "tries", &tries);
        vec![
            self.heading("panel_unlock"),
            self.pen.text("p", "", "panel_unlock_explain"),
            self.pen.element("div", "warning", &[tries, guess]),
            self.button("unlock", Button::Unlock, "panel_unlock", true),
            self.button("back", Button::Back, "panel_back", false),
        ]
    }

    fn code(&self, state: CodeState) -> String {
        match state {
            CodeState::Usable { tries: Some(left) } => {
                self.pen.words.text("code_tries", &[("tries", &left.to_string())])
            }
            CodeState::Usable { tries: None } => self.pen.words.text("code_usable", &[]),
            CodeState::Blocked => self.pen.words.text("code_blocked", &[]),
            CodeState::Unknown => self.pen.words.text("code_unknown", &[]),
        }
    }

    fn host_problem(&self, problem: &Problem) -> Element {
        self.problem(&self.pen.words.explain(problem))
    }

    fn problem(&self, [happened, remedy]: &[String; 2]) -> Element {
        let happened = self.pen.plain("p", "what", happened);
        let remedy = self.pen.plain("p", "", remedy);
        self.pen.alert("problem", &[happened, remedy])
    }

    fn heading(&self, key: &str) -> Element {
        self.pen.heading("h3", &self.pen.say(key))
    }

    fn button(&mut self, id: &str, button: Button, key: &str, primary: bool) -> Element {
        self.pen.button(id, Press::Card(button), key, primary)
    }
}
