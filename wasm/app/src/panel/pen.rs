//! Draws elements. What is pressed is known by the id of the element: listeners are on the document
//! alone, so an element that stays as it was can stay in the document.

use eimza_i18n::Catalog;
use gloo::utils::document;
use std::collections::BTreeMap;
use web_sys::Element;

/// Draws with the sentences of one language and remembers what the ids of its controls mean.
pub(crate) struct Pen<P> {
    /// The sentences.
    pub words: &'static Catalog,
    /// What a press on the control of that id means; of a list "id=value".
    pub presses: BTreeMap<String, P>,
    /// What stands in the text fields of that id. It is no part of the elements: a field that is typed in
    /// stays as it is, with its caret.
    pub values: BTreeMap<String, String>,
}

impl<P> Pen<P> {
    /// A pen for one drawing.
    pub(crate) fn new(words: &'static Catalog) -> Self {
        Self { words, presses: BTreeMap::new(), values: BTreeMap::new() }
    }

    pub(crate) fn say(&self, key: &str) -> String {
        self.words.text(key, &[])
    }

    /// Read out at once by a screen reader.
    pub(crate) fn alert(&self, class: &str, children: &[Element]) -> Element {
        let alert = self.element("div", class, children);
        set(&alert, "role", "alert");
        alert
    }

    pub(crate) fn notice(&self, key: &str) -> Element {
        let notice = self.text("p", "notice", key);
        set(&notice, "role", "status");
        notice
    }

    /// Takes the focus when the control that led here is gone.
    pub(crate) fn heading(&self, tag: &str, text: &str) -> Element {
        let heading = self.plain(tag, "", text);
        heading.set_id("step");
        set(&heading, "tabindex", "-1");
        heading
    }

    /// A table of names and values.
    pub(crate) fn rows(&self, rows: &[(&str, String)]) -> Element {
        let cells: Vec<_> = rows
            .iter()
            .flat_map(|(key, value)| [self.text("dt", "", key), self.plain("dd", key, value)])
            .collect();
        self.element("dl", "", &cells)
    }

    pub(crate) fn button(&mut self, id: &str, press: P, key: &str, primary: bool) -> Element {
        let label = [self.text("span", "", key)];
        self.button_of(id, press, if primary { "primary" } else { "" }, &label)
    }

    pub(crate) fn button_of(&mut self, id: &str, press: P, class: &str, children: &[Element]) -> Element {
        let button = self.element("button", class, children);
        button.set_id(id);
        set(&button, "type", "button");
        self.presses.insert(id.to_owned(), press);
        button
    }

    /// A button that unfolds a part of the page, with a sign for the eye and its name for the ear.
    pub(crate) fn disclosure(&mut self, id: &str, press: P, unfolded: bool, name: &str) -> Element {
        let sign = self.plain("span", "sign", if unfolded { "▴" } else { "▾" });
        set(&sign, "aria-hidden", "true");
        let name = self.plain("span", "hidden", &format!("{}: {name}", self.say("panel_details")));
        let button = self.button_of(id, press, "disclosure", &[sign, name]);
        set(&button, "aria-expanded", if unfolded { "true" } else { "false" });
        button
    }

    /// A check box with its label.
    pub(crate) fn check_box(&mut self, id: &str, press: P, chosen: bool, text: &str) -> Element {
        let input = self.element("input", "", &[]);
        set(&input, "type", "checkbox");
        self.choice(&input, id, press, chosen, text)
    }

    /// A radio button with its label; one of each group can be chosen.
    pub(crate) fn radio(&mut self, group: &str, value: &str, press: P, chosen: bool, text: &str) -> Element {
        let input = self.element("input", "", &[]);
        set(&input, "type", "radio");
        set(&input, "name", group);
        self.choice(&input, &format!("{group}-{value}"), press, chosen, text)
    }

    fn choice(&mut self, input: &Element, id: &str, press: P, chosen: bool, text: &str) -> Element {
        input.set_id(id);
        if chosen {
            set(input, "checked", "");
        }
        self.presses.insert(id.to_owned(), press);
        let label = self.plain("label", "", text);
        set(&label, "for", id);
        self.element("div", "choice", &[input.clone(), label])
    }

    /// A list to choose from, with its label; each option is a value, its text and what it means.
    pub(crate) fn list(
        &mut self,
        id: &str,
        label: &str,
        options: Vec<(String, String, P)>,
        chosen: &str,
    ) -> Element {
        let name = self.text("label", "", label);
        set(&name, "for", id);
        let select = self.element("select", "", &[]);
        select.set_id(id);
        for (value, text, press) in options {
            let option = self.plain("option", "", &text);
            set(&option, "value", &value);
            if value == chosen {
                set(&option, "selected", "");
            }
            append(&select, &[option]);
            self.presses.insert(format!("{id}={value}"), press);
        }
        self.element("div", "list", &[name, select])
    }

    /// A field for a line of text, with its label.
    pub(crate) fn input(&mut self, id: &str, label: &str, press: P, value: &str) -> Element {
        let input = self.element("input", "", &[]);
        set(&input, "type", "text");
        self.field(input, id, label, press, value)
    }

    /// A field for several lines.
    pub(crate) fn text_area(&mut self, id: &str, label: &str, press: P, value: &str) -> Element {
        let area = self.element("textarea", "", &[]);
        set(&area, "rows", "3");
        self.field(area, id, label, press, value)
    }

    fn field(&mut self, field: Element, id: &str, label: &str, press: P, value: &str) -> Element {
        field.set_id(id);
        // What people type about themselves is the browser's business as little as ours.
        set(&field, "autocomplete", "off");
        set(&field, "spellcheck", "false");
        // Whatever may be found in it; always so, for a field that changes while it is typed in would be another one.
        set(&field, "aria-describedby", &format!("{id}-finding"));
        let name = self.text("label", "", label);
        set(&name, "for", id);
        self.presses.insert(id.to_owned(), press);
        self.values.insert(id.to_owned(), value.to_owned());
        self.element("div", "field", &[name, field])
    }

    /// A control that takes a file.
    pub(crate) fn file(&mut self, id: &str, press: P, label: &str) -> Element {
        let input = self.element("input", "", &[]);
        input.set_id(id);
        set(&input, "type", "file");
        set(&input, "accept", ".json,application/json");
        let name = self.text("label", "", label);
        set(&name, "for", id);
        self.presses.insert(id.to_owned(), press);
        self.element("div", "field file", &[name, input])
    }

    /// A link that opens in a tab of its own, and says so to those who do not see its sign.
    pub(crate) fn link(&self, id: &str, class: &str, address: &str, text: &str) -> Element {
        let hidden = self.plain("span", "hidden", &format!(" ({})", self.say("panel_window")));
        let name = self.plain("span", "", text);
        let link = self.element("a", class, &[name, hidden]);
        link.set_id(id);
        for (attribute, value) in [("href", address), ("target", "_blank"), ("rel", "noreferrer")] {
            set(&link, attribute, value);
        }
        link
    }

    pub(crate) fn text(&self, tag: &str, class: &str, key: &str) -> Element {
        self.plain(tag, class, &self.say(key))
    }

    pub(crate) fn plain(&self, tag: &str, class: &str, text: &str) -> Element {
        let element = self.element(tag, class, &[]);
        element.set_text_content(Some(text));
        element
    }

    pub(crate) fn element(&self, tag: &str, class: &str, children: &[Element]) -> Element {
        #[expect(clippy::expect_used, reason = "fails for names that are no element names only")]
        let element = document().create_element(tag).expect("an element");
        if !class.is_empty() {
            element.set_class_name(class);
        }
        append(&element, children);
        element
    }
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    // Fails for names that are no attribute names only.
    let _ = element.set_attribute(name, value);
}

/// Puts children at an element's end.
pub(crate) fn append(parent: &Element, children: &[Element]) {
    for child in children {
        // Fails for cycles only, and these elements are new.
        let _ = parent.append_child(child);
    }
}
