//! Creates elements that are not controls.

use eimza_i18n::{Catalog, System};
use eimza_protocol::{Lang, Problem};
use gloo::utils::document;
use web_sys::Element;

/// Creates elements with texts of one message catalog. In every method, `key` is a key of that catalog.
#[derive(Clone, Copy)]
pub(crate) struct ElementBuilder {
    pub catalog: &'static Catalog,
    /// The operating system, if remedies differ on it.
    pub system: Option<System>,
    /// The address of the product's own page, where the card program is downloaded; none until a release sets it.
    pub homepage: Option<&'static str>,
}

impl ElementBuilder {
    /// Creates a builder of texts that differ neither by operating system nor by release.
    pub(crate) fn of_language(lang: Lang) -> Self {
        Self { catalog: Catalog::of(lang), system: None, homepage: None }
    }

    /// Returns a text of the catalog that has no arguments.
    pub(crate) fn text(&self, key: &str) -> String {
        self.catalog.text(key, &[])
    }

    /// Describes a problem: what happened, and what to do on this computer's system.
    pub(crate) fn explain(&self, problem: &Problem) -> [String; 2] {
        self.catalog.explain_on(problem, self.system)
    }

    /// Creates an element. An empty class is left out.
    pub(crate) fn element(&self, tag: &str, class: &str, children: &[Element]) -> Element {
        #[expect(clippy::expect_used, reason = "fails only for invalid element names")]
        let element = document().create_element(tag).expect("an element");
        if !class.is_empty() {
            element.set_class_name(class);
        }
        append(&element, children);
        element
    }

    /// Creates an element with a text of the catalog.
    pub(crate) fn text_element(&self, tag: &str, class: &str, key: &str) -> Element {
        self.plain_element(tag, class, &self.text(key))
    }

    /// Creates an element with the given text.
    pub(crate) fn plain_element(&self, tag: &str, class: &str, text: &str) -> Element {
        let element = self.element(tag, class, &[]);
        element.set_text_content(Some(text));
        element
    }

    /// Creates a box that a screen reader announces at once.
    pub(crate) fn alert(&self, class: &str, children: &[Element]) -> Element {
        let alert = self.element("div", class, children);
        set_attribute(&alert, "role", "alert");
        alert
    }

    /// Creates a line that a screen reader announces when it is idle.
    pub(crate) fn status(&self, key: &str) -> Element {
        let status = self.text_element("p", "notice", key);
        set_attribute(&status, "role", "status");
        status
    }

    /// Creates the heading that takes the focus when the focused control disappears.
    pub(crate) fn focus_heading(&self, tag: &str, text: &str) -> Element {
        let heading = self.plain_element(tag, "", text);
        heading.set_id("step");
        set_attribute(&heading, "tabindex", "-1");
        heading
    }

    /// Creates a `dl` of catalog keys and values. The key is also the class of the value.
    pub(crate) fn description_list(&self, rows: &[(&str, String)]) -> Element {
        let cells: Vec<_> = rows
            .iter()
            .flat_map(|(key, value)| [self.text_element("dt", "", key), self.plain_element("dd", key, value)])
            .collect();
        self.element("dl", "", &cells)
    }

    /// Creates a button without a message.
    pub(crate) fn button_element(&self, id: &str, class: &str, children: &[Element]) -> Element {
        let button = self.element("button", class, children);
        button.set_id(id);
        set_attribute(&button, "type", "button");
        button
    }

    /// Creates a link that opens in a new tab. Screen readers get that as text because they do not see the
    /// icon.
    pub(crate) fn external_link(&self, id: &str, class: &str, url: &str, text: &str) -> Element {
        let hidden = self.plain_element("span", "hidden", &format!(" ({})", self.text("panel_window")));
        let name = self.plain_element("span", "", text);
        let link = self.element("a", class, &[name, hidden]);
        link.set_id(id);
        for (attribute, value) in [("href", url), ("target", "_blank"), ("rel", "noreferrer")] {
            set_attribute(&link, attribute, value);
        }
        link
    }

    /// Creates a label for the control with this id.
    pub(crate) fn label_element(&self, control: &str, text: &str) -> Element {
        let label = self.plain_element("label", "", text);
        set_attribute(&label, "for", control);
        label
    }

    /// Creates an `input` of a type.
    pub(crate) fn input_element(&self, kind: &str) -> Element {
        let input = self.element("input", "", &[]);
        set_attribute(&input, "type", kind);
        input
    }
}

/// Sets an attribute.
pub(crate) fn set_attribute(element: &Element, name: &str, value: &str) {
    // Fails only for invalid attribute names.
    let _ = element.set_attribute(name, value);
}

/// Appends children to an element.
pub(crate) fn append(parent: &Element, children: &[Element]) {
    for child in children {
        // Fails only for cycles, and these elements are new.
        let _ = parent.append_child(child);
    }
}
