//! Creates elements and controls.
//!
//! Event listeners are on the document, and a control is known by its id. So an element that does not change
//! between two renderings can stay in the document.

use super::element_builder::{ElementBuilder, append, set_attribute};
use std::ops::Deref;
use std::rc::Rc;
use web_sys::Element;

/// A file that the user chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChosenFile {
    /// Its text. Bytes that are not UTF-8 are replaced.
    Text(String),
    /// It was not read because of its size.
    TooLarge,
}

/// The messages that a control sends.
#[derive(Clone)]
pub(crate) enum Control<M> {
    /// A button, check box, radio button or option; sends the message when it is pressed or chosen.
    Action(M),
    /// A text field.
    Text { on_input: Rc<dyn Fn(String) -> M>, on_leave: M },
    /// A file input.
    File { on_read: Rc<dyn Fn(ChosenFile) -> M> },
}

impl<M: 'static> Control<M> {
    /// Returns a text field that sends its text after each change, and a message when it loses the focus.
    pub(crate) fn text(on_input: impl Fn(String) -> M + 'static, on_leave: M) -> Self {
        Self::Text { on_input: Rc::new(on_input), on_leave }
    }

    /// Converts the messages of the control.
    fn map<N: 'static>(self, wrap: fn(M) -> N) -> Control<N> {
        match self {
            Self::Action(message) => Control::Action(wrap(message)),
            Self::Text { on_input, on_leave } => Control::Text {
                on_input: Rc::new(move |text| wrap(on_input(text))),
                on_leave: wrap(on_leave),
            },
            Self::File { on_read } => Control::File { on_read: Rc::new(move |file| wrap(on_read(file))) },
        }
    }
}

/// Creates elements, and records the messages of the controls among them.
pub(crate) struct DomBuilder<M> {
    elements: ElementBuilder,
    /// Controls by id; an option of a list by "id=value". The last one with an id counts.
    pub controls: Vec<(String, Control<M>)>,
    /// Values of text fields by id. They are not part of the elements, so that a field that is being typed in
    /// does not change and keeps its caret.
    pub values: Vec<(String, String)>,
}

impl<M> Deref for DomBuilder<M> {
    type Target = ElementBuilder;

    fn deref(&self) -> &ElementBuilder {
        &self.elements
    }
}

impl<M: 'static> DomBuilder<M> {
    /// Creates a builder for one rendering.
    pub(crate) fn new(elements: ElementBuilder) -> Self {
        Self { elements, controls: Vec::new(), values: Vec::new() }
    }

    /// Takes over the controls of another builder.
    pub(crate) fn absorb<N: 'static>(&mut self, other: DomBuilder<N>, wrap: fn(N) -> M) {
        self.controls.extend(other.controls.into_iter().map(|(id, control)| (id, control.map(wrap))));
        self.values.extend(other.values);
    }

    fn on_action(&mut self, id: &str, message: M) {
        self.controls.push((id.to_owned(), Control::Action(message)));
    }

    /// Creates a button with a text of the catalog.
    pub(crate) fn button(&mut self, id: &str, message: M, key: &str, primary: bool) -> Element {
        let label = [self.text_element("span", "", key)];
        self.button_with(id, message, if primary { "primary" } else { "" }, &label)
    }

    /// Creates a button with the given content.
    pub(crate) fn button_with(&mut self, id: &str, message: M, class: &str, children: &[Element]) -> Element {
        self.on_action(id, message);
        self.button_element(id, class, children)
    }

    /// Creates a button that expands or collapses a part of the page. It shows an icon; screen readers get
    /// the name of the part.
    pub(crate) fn disclosure(&mut self, id: &str, message: M, expanded: bool, name: &str) -> Element {
        let icon = self.plain_element("span", "sign", if expanded { "▴" } else { "▾" });
        set_attribute(&icon, "aria-hidden", "true");
        let name = self.plain_element("span", "hidden", &format!("{}: {name}", self.text("panel_details")));
        let button = self.button_with(id, message, "disclosure", &[icon, name]);
        set_attribute(&button, "aria-expanded", if expanded { "true" } else { "false" });
        button
    }

    /// Creates a check box with its label.
    pub(crate) fn check_box(&mut self, id: &str, message: M, checked: bool, text: &str) -> Element {
        let input = self.input_element("checkbox");
        self.choice(&input, id, message, checked, text)
    }

    /// Creates a radio button with its label.
    pub(crate) fn radio(
        &mut self,
        group: &str,
        value: &str,
        message: M,
        checked: bool,
        text: &str,
    ) -> Element {
        let input = self.input_element("radio");
        set_attribute(&input, "name", group);
        self.choice(&input, &format!("{group}-{value}"), message, checked, text)
    }

    fn choice(&mut self, input: &Element, id: &str, message: M, checked: bool, text: &str) -> Element {
        input.set_id(id);
        if checked {
            set_attribute(input, "checked", "");
        }
        self.on_action(id, message);
        let label = self.label_element(id, text);
        self.element("div", "choice", &[input.clone(), label])
    }

    /// Creates a `select` with its label; each option is a value, its text and its message.
    pub(crate) fn select(
        &mut self,
        id: &str,
        label: &str,
        options: Vec<(String, String, M)>,
        selected: &str,
    ) -> Element {
        let label = self.label_element(id, &self.text(label));
        let select = self.element("select", "", &[]);
        select.set_id(id);
        for (value, text, message) in options {
            let option = self.plain_element("option", "", &text);
            set_attribute(&option, "value", &value);
            if value == selected {
                set_attribute(&option, "selected", "");
            }
            append(&select, &[option]);
            self.on_action(&format!("{id}={value}"), message);
        }
        self.element("div", "list", &[label, select])
    }

    /// Creates a text field of one line with its label.
    pub(crate) fn text_input(&mut self, id: &str, label: &str, value: &str, control: Control<M>) -> Element {
        let input = self.input_element("text");
        self.text_field(input, id, label, value, control)
    }

    /// Creates a text field of several lines with its label.
    pub(crate) fn text_area(&mut self, id: &str, label: &str, value: &str, control: Control<M>) -> Element {
        let area = self.element("textarea", "", &[]);
        set_attribute(&area, "rows", "3");
        self.text_field(area, id, label, value, control)
    }

    fn text_field(
        &mut self,
        field: Element,
        id: &str,
        label: &str,
        value: &str,
        control: Control<M>,
    ) -> Element {
        field.set_id(id);
        // Keeps the browser from storing or spell-checking personal data.
        set_attribute(&field, "autocomplete", "off");
        set_attribute(&field, "spellcheck", "false");
        // Set whether or not there is a finding: an attribute that comes and goes would replace the field
        // while the user types in it.
        set_attribute(&field, "aria-describedby", &format!("{id}-finding"));
        let label = self.label_element(id, &self.text(label));
        self.controls.push((id.to_owned(), control));
        self.values.push((id.to_owned(), value.to_owned()));
        self.element("div", "field", &[label, field])
    }

    /// Creates a file input for profiles.
    pub(crate) fn file_input(
        &mut self,
        id: &str,
        label: &str,
        on_read: impl Fn(ChosenFile) -> M + 'static,
    ) -> Element {
        let input = self.input_element("file");
        input.set_id(id);
        set_attribute(&input, "accept", ".json,application/json");
        let label = self.label_element(id, &self.text(label));
        self.controls.push((id.to_owned(), Control::File { on_read: Rc::new(on_read) }));
        self.element("div", "field file", &[label, input])
    }
}
