//! Updates the document: elements that differ are replaced, the rest stay, and the focus with them.

use super::element_builder::{ElementBuilder, set_attribute};
use eimza_protocol::Lang;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// The id of the live region. It stays in the document: screen readers do not announce a region that is
/// inserted together with its text.
const LIVE_REGION: &str = "live";

const TITLE: &str = "title";

/// The content that the document must show.
pub(crate) struct Page<'a> {
    pub lang: Lang,
    pub header: Element,
    pub content: &'a [Element],
    /// Values of text fields by id.
    pub values: &'a [(String, String)],
    /// The text of the live region. It is announced when it differs from the last one.
    pub announcement: &'a str,
}

/// Creates the heading of the page. It takes the focus when there is no closer heading.
pub(crate) fn title(elements: &ElementBuilder) -> Element {
    let title = elements.text_element("h1", "", "app_name");
    title.set_id(TITLE);
    set_attribute(&title, "tabindex", "-1");
    title
}

/// Makes the document show a page.
pub(crate) fn render(elements: &ElementBuilder, page: Page<'_>) {
    let Page { lang, header, content, values, announcement } = page;
    if let Some(root) = document().document_element() {
        set_attribute(&root, "lang", if lang == Lang::Tr { "tr" } else { "en" });
    }
    document().set_title(&elements.text("app_name"));
    let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    let main = elements.element("main", "", content);
    let live_region = elements.element("div", "hidden", &[]);
    live_region.set_id(LIVE_REGION);
    set_attribute(&live_region, "role", "status");
    let body: Element = gloo::utils::body().into();
    keep_open(&main);
    reconcile(&body, &elements.element("body", "", &[header, main, live_region]));
    values.iter().for_each(|(id, value)| set_value(id, value));
    if let Some(live_region) = document().get_element_by_id(LIVE_REGION)
        && live_region.text_content().as_deref() != Some(announcement)
    {
        live_region.set_text_content(Some(announcement));
    }
    if let Some(id) = focused {
        restore_focus(&id);
    }
}

/// Opens the parts that the user opened: the browser holds that in an attribute of the document's element.
fn keep_open(target: &Element) {
    let parts = target.get_elements_by_tag_name("details");
    for part in (0..parts.length()).filter_map(|index| parts.item(index)) {
        if document().get_element_by_id(&part.id()).is_some_and(|shown| shown.has_attribute("open")) {
            set_attribute(&part, "open", "");
        }
    }
}

/// Sets the value of a text field if it differs.
fn set_value(id: &str, value: &str) {
    let Some(field) = document().get_element_by_id(id) else { return };
    if let Some(input) = field.dyn_ref::<HtmlInputElement>().filter(|input| input.value() != value) {
        input.set_value(value);
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>().filter(|area| area.value() != value) {
        area.set_value(value);
    }
}

/// Makes the children of `shown` equal to those of `target`. A child that is equal stays in the document,
/// also when siblings are inserted or removed around it. A container is kept and its children are reconciled
/// in turn.
fn reconcile(shown: &Element, target: &Element) {
    let (old, new) = (elements(shown), elements(target));
    let mut from = 0;
    let partners: Vec<Option<usize>> = new
        .iter()
        .map(|target| {
            let rest = || old.iter().enumerate().skip(from);
            let equal = rest().find(|(_, known)| is_equal(known, target));
            let partner = equal.or_else(|| rest().find(|(_, known)| is_same_container(known, target)))?.0;
            from = partner + 1;
            Some(partner)
        })
        .collect();
    for (index, known) in old.iter().enumerate() {
        if !partners.contains(&Some(index)) {
            known.remove();
        }
    }
    let mut next = shown.first_element_child();
    for (target, partner) in new.iter().zip(partners) {
        match partner.map(|index| &old[index]) {
            Some(known) => {
                if !is_equal(known, target) {
                    copy_attributes(known, target);
                    reconcile(known, target);
                }
                next = known.next_element_sibling();
            }
            None => {
                // Fails only if the reference node has another parent.
                let _ = shown.insert_before(target, next.as_deref());
            }
        }
    }
}

fn is_equal(known: &Element, target: &Element) -> bool {
    known.is_equal_node(Some(target)) || (target.id() == LIVE_REGION && known.id() == LIVE_REGION)
}

/// Makes the attributes of `known` equal to those of `target`.
fn copy_attributes(known: &Element, target: &Element) {
    let names = |element: &Element| {
        element.get_attribute_names().iter().filter_map(|name| name.as_string()).collect::<Vec<_>>()
    };
    // Whether details are open is the user's choice.
    let is_of_user = |name: &str| name == "open" && known.tag_name() == "DETAILS";
    for name in names(known) {
        if !target.has_attribute(&name) && !is_of_user(&name) {
            // Fails only for invalid attribute names.
            let _ = known.remove_attribute(&name);
        }
    }
    for name in names(target) {
        set_attribute(known, &name, &target.get_attribute(&name).unwrap_or_default());
    }
}

/// Returns whether both are the same container: compared by id, or by the opening tag if there is no id.
fn is_same_container(known: &Element, target: &Element) -> bool {
    let opening = |element: &Element| {
        let whole = element.outer_html();
        whole[..whole.find('>').unwrap_or(0)].to_owned()
    };
    let containers = ["MAIN", "SECTION", "OL", "UL", "LI", "FIELDSET", "DETAILS"];
    let same_container = if target.id().is_empty() {
        opening(known) == opening(target)
    } else {
        known.tag_name() == target.tag_name() && known.id() == target.id()
    };
    same_container && containers.contains(&target.tag_name().as_str())
}

fn elements(parent: &Element) -> Vec<Element> {
    let children = parent.children();
    (0..children.length()).filter_map(|index| children.item(index)).collect()
}

/// Returns the focus to the control that had it, or to the nearest heading if that control is gone.
fn restore_focus(id: &str) {
    if document().active_element().is_some_and(|element| element.id() == id) {
        return;
    }
    let target = [id, "step", TITLE].into_iter().find_map(|id| document().get_element_by_id(id));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
}
