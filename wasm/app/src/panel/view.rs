//! The panel's state as a document.

use super::state::{Button, Link, Panel, Step};
use eimza_protocol::{CardStatus, CodeState, CodesFrom, Lang, Problem};
use eimza_words::Words;
use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where the official way begins.
const ONLINE_ISLEMLER: &str = "https://onlineislemler.kamusm.gov.tr/landing";

/// What is drawn; its buttons work as long as it is kept.
pub(super) struct Drawn {
    _listeners: Vec<EventListener>,
}

/// Draws the whole panel anew. The focus stays on the button that has it, or goes to the step's
/// heading where that button is gone.
pub(super) fn draw(panel: &Panel, on_click: impl Fn(Button) + Clone + 'static) -> Drawn {
    let words = Words::of(panel.lang);
    let mut pen = Pen { words, on_click, listeners: Vec::new() };
    let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());

    if let Some(root) = document().document_element() {
        // Fails for malformed names only.
        let _ = root.set_attribute("lang", if panel.lang == Lang::Tr { "tr" } else { "en" });
    }
    document().set_title(&words.say("panel_title", &[]));
    let header = pen.header();
    let main = pen.element("main", "", &[]);
    append(&main, pen.content(panel));
    let body = gloo::utils::body();
    body.set_text_content(None);
    append(&body, vec![header, main]);

    if let Some(id) = focused {
        let target = document().get_element_by_id(&id).or_else(|| document().get_element_by_id("step"));
        if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
            let _ = target.focus();
        }
    }
    Drawn { _listeners: pen.listeners }
}

struct Pen<F> {
    words: &'static Words,
    on_click: F,
    listeners: Vec<EventListener>,
}

impl<F: Fn(Button) + Clone + 'static> Pen<F> {
    fn header(&mut self) -> Element {
        let title = self.text("h1", "", "panel_title");
        let language = self.button("language", Button::OtherLanguage, "panel_language", false);
        self.element("header", "", &[title, language])
    }

    fn content(&mut self, panel: &Panel) -> Vec<Element> {
        let mut content = Vec::new();
        content.extend(self.warning(panel));
        if panel.interrupted {
            let text = self.text("p", "", "panel_interrupted");
            content.push(self.alert("warning", &[text]));
        }
        content.extend(self.outcome(panel));
        match (&panel.link, &panel.readers) {
            (Link::Connecting, _) => content.push(self.notice("panel_looking")),
            (Link::Closed(problem), _) => {
                let [happened, remedy] = problem.sentences();
                content.push(self.problem(&happened, &[], &remedy));
                content.push(self.button("again", Button::Again, "panel_again", true));
            }
            (Link::Open, None) => content.push(self.notice("panel_looking")),
            (Link::Open, Some(Err(error))) => {
                content.push(self.host_problem(error));
                content.push(self.button("again", Button::Again, "panel_again", true));
            }
            (Link::Open, Some(Ok(_))) => content.extend(self.reader(panel)),
        }
        content.push(self.text("footer", "", "panel_untested"));
        content
    }

    /// A refused PUK stays on show whatever else is.
    fn warning(&mut self, panel: &Panel) -> Option<Element> {
        let refused = panel.refused.as_ref()?;
        let text = match refused.tries {
            Some(left) => self.words.say("panel_warning_tries", &[("tries", &left.to_string())]),
            None => self.words.say("panel_warning", &[]),
        };
        let line = self.plain("p", "", &text);
        let guess = self.text("p", "", "panel_guess_warning");
        Some(self.alert("warning", &[line, guess]))
    }

    /// How the last unlock ended.
    fn outcome(&mut self, panel: &Panel) -> Vec<Element> {
        match &panel.step {
            Step::Unlocked => vec![{
                let text = self.text("p", "", "panel_unlocked");
                self.alert("success", &[text])
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
        let Some(card) = &reader.card else {
            let mut content = vec![self.rows(&rows)];
            if let Some(error) = &reader.error {
                content.push(self.host_problem(error));
            }
            content.push(self.button("again", Button::Again, "panel_again", true));
            return content;
        };
        rows.push(("panel_card", card.family.clone()));
        rows.push(("panel_pin", self.code(card.pin)));
        rows.push(("panel_puk", self.code(card.puk)));
        let mut content = vec![self.rows(&rows)];
        if card.codes_from == CodesFrom::Assumption {
            content.push(self.text("p", "note", "card_codes_assumed"));
        }
        content.extend(self.step(panel, card));
        content
    }

    fn step(&mut self, panel: &Panel, card: &CardStatus) -> Vec<Element> {
        match &panel.step {
            Step::Overview if card.pin == CodeState::Blocked || card.pin == CodeState::Unknown => {
                self.puk_question()
            }
            Step::Overview | Step::Unlocked => vec![
                self.text("p", "", "panel_not_blocked"),
                self.button("forgotten", Button::Forgotten, "panel_forgot", false),
                self.button("refresh", Button::Refresh, "panel_refresh", false),
            ],
            Step::PukQuestion => self.puk_question(),
            Step::OfficialWay => self.official_way(),
            Step::WithPuk => self.with_puk(card),
            Step::Unlocking => vec![
                self.notice("panel_working"),
                self.button("give-up", Button::GiveUp, "panel_give_up", false),
            ],
            Step::Failed(_) => vec![self.button("back", Button::Back, "panel_back", true)],
        }
    }

    fn puk_question(&mut self) -> Vec<Element> {
        vec![
            self.heading("panel_puk_question"),
            self.text("p", "", "panel_puk_explain"),
            self.button("have-puk", Button::HavePuk, "panel_yes", true),
            self.button("no-puk", Button::NoPuk, "panel_no", false),
        ]
    }

    fn official_way(&mut self) -> Vec<Element> {
        let steps = ["panel_official_1", "panel_official_2", "panel_official_3", "panel_official_4"]
            .map(|key| self.text("li", "", key));
        let link = self.text("a", "button primary", "panel_official_open");
        for (name, value) in
            [("href", ONLINE_ISLEMLER), ("target", "_blank"), ("rel", "noreferrer"), ("id", "official")]
        {
            let _ = link.set_attribute(name, value);
        }
        let guess = self.text("p", "", "panel_guess_warning");
        vec![
            self.heading("panel_official_title"),
            self.element("ol", "", &steps),
            link,
            self.element("div", "warning", &[guess]),
            self.text("p", "note", "panel_official_source"),
            self.button("back", Button::Back, "panel_back", false),
        ]
    }

    fn with_puk(&mut self, card: &CardStatus) -> Vec<Element> {
        let tries = match card.puk {
            CodeState::Usable { tries: Some(left) } => {
                self.words.say("panel_puk_tries", &[("tries", &left.to_string())])
            }
            CodeState::Blocked => {
                let back = self.button("back", Button::Back, "panel_back", true);
                return vec![self.host_problem(&Problem::PukBlocked), back];
            }
            _ => self.words.say("panel_puk_tries_unknown", &[]),
        };
        let guess = self.text("p", "", "panel_guess_warning");
        let tries = self.plain("p", "tries", &tries);
        vec![
            self.heading("panel_unlock"),
            self.text("p", "", "panel_unlock_explain"),
            self.element("div", "warning", &[tries, guess]),
            self.button("unlock", Button::Unlock, "panel_unlock", true),
            self.button("back", Button::Back, "panel_back", false),
        ]
    }

    fn code(&self, state: CodeState) -> String {
        match state {
            CodeState::Usable { tries: Some(left) } => {
                self.words.say("code_tries", &[("tries", &left.to_string())])
            }
            CodeState::Usable { tries: None } => self.words.say("code_usable", &[]),
            CodeState::Blocked => self.words.say("code_blocked", &[]),
            CodeState::Unknown => self.words.say("code_unknown", &[]),
        }
    }

    fn host_problem(&self, problem: &Problem) -> Element {
        let [happened, remedy] = problem.sentences();
        let detail = problem.detail();
        let arguments: Vec<_> = detail.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.problem(&happened, &arguments, &remedy)
    }

    fn problem(&self, happened: &str, arguments: &[(&str, &str)], remedy: &str) -> Element {
        let happened = self.plain("p", "what", &self.words.say(happened, arguments));
        let remedy = self.text("p", "", remedy);
        self.alert("problem", &[happened, remedy])
    }

    /// Read out at once by a screen reader.
    fn alert(&self, class: &str, children: &[Element]) -> Element {
        let alert = self.element("div", class, children);
        let _ = alert.set_attribute("role", "alert");
        alert
    }

    fn notice(&self, key: &str) -> Element {
        let notice = self.text("p", "notice", key);
        let _ = notice.set_attribute("role", "status");
        notice
    }

    /// The step's heading; takes the focus when the button that led here is gone.
    fn heading(&self, key: &str) -> Element {
        let heading = self.text("h2", "", key);
        heading.set_id("step");
        let _ = heading.set_attribute("tabindex", "-1");
        heading
    }

    fn rows(&self, rows: &[(&str, String)]) -> Element {
        let cells: Vec<_> = rows
            .iter()
            .flat_map(|(key, value)| [self.text("dt", "", key), self.plain("dd", key, value)])
            .collect();
        self.element("dl", "", &cells)
    }

    fn button(&mut self, id: &str, button: Button, key: &str, primary: bool) -> Element {
        let element = self.text("button", if primary { "primary" } else { "" }, key);
        element.set_id(id);
        let _ = element.set_attribute("type", "button");
        let on_click = self.on_click.clone();
        // A click that a script made is no wish of the user's.
        self.listeners.push(EventListener::new(&element, "click", move |event| {
            if event.is_trusted() {
                on_click(button);
            }
        }));
        element
    }

    fn text(&self, tag: &str, class: &str, key: &str) -> Element {
        self.plain(tag, class, &self.words.say(key, &[]))
    }

    fn plain(&self, tag: &str, class: &str, text: &str) -> Element {
        let element = self.element(tag, class, &[]);
        element.set_text_content(Some(text));
        element
    }

    fn element(&self, tag: &str, class: &str, children: &[Element]) -> Element {
        #[expect(clippy::expect_used, reason = "fails for names that are no element names only")]
        let element = document().create_element(tag).expect("an element");
        if !class.is_empty() {
            element.set_class_name(class);
        }
        append(&element, children.to_vec());
        element
    }
}

fn append(parent: &Element, children: Vec<Element>) {
    for child in children {
        // Fails for cycles only, and these elements are new.
        let _ = parent.append_child(&child);
    }
}
