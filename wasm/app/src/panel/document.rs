//! The document that the panel is: what differs is drawn anew, the rest stays, and the focus with it.

use super::pen::{Pen, set};
use eimza_protocol::Lang;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// Where changes are announced. It stays in the document, because a region that is drawn together
/// with its text is not read out.
const LIVE: &str = "live";

const TITLE: &str = "title";

/// The heading of the whole; takes the focus where there is nothing nearer.
pub(crate) fn title<P>(pen: &Pen<P>) -> Element {
    let title = pen.text("h1", "", "app_name");
    title.set_id(TITLE);
    set(&title, "tabindex", "-1");
    title
}

/// Shows a header and the parts of the page, and announces a text where it differs from the last.
pub(crate) fn show<P>(pen: &Pen<P>, lang: Lang, header: Element, parts: &[Element], announced: &str) {
    if let Some(root) = document().document_element() {
        set(&root, "lang", if lang == Lang::Tr { "tr" } else { "en" });
    }
    document().set_title(&pen.say("app_name"));
    let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    let main = pen.element("main", "", parts);
    let live = pen.element("div", "hidden", &[]);
    live.set_id(LIVE);
    set(&live, "role", "status");
    let body: Element = gloo::utils::body().into();
    reconcile(&body, &pen.element("body", "", &[header, main, live]));
    pen.values.iter().for_each(|(id, value)| fill(id, value));
    if let Some(live) = document().get_element_by_id(LIVE)
        && live.text_content().as_deref() != Some(announced)
    {
        live.set_text_content(Some(announced));
    }
    if let Some(id) = focused {
        keep_focus(&id);
    }
}

/// Writes into a text field, where something else stands in it.
fn fill(id: &str, value: &str) {
    let Some(field) = document().get_element_by_id(id) else { return };
    if let Some(input) = field.dyn_ref::<HtmlInputElement>().filter(|input| input.value() != value) {
        input.set_value(value);
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>().filter(|area| area.value() != value) {
        area.set_value(value);
    }
}

/// Makes the children of an element those of another. A child that is the same stays as it is, wherever others come or go
/// around it; one that only holds others is gone through in the same way.
fn reconcile(shown: &Element, wanted: &Element) {
    let (old, new) = (elements(shown), elements(wanted));
    let mut from = 0;
    let partners: Vec<Option<usize>> = new
        .iter()
        .map(|wanted| {
            let rest = || old.iter().enumerate().skip(from);
            let same = rest().find(|(_, known)| is_same(known, wanted));
            let partner = same.or_else(|| rest().find(|(_, known)| is_frame(known, wanted)))?.0;
            from = partner + 1;
            Some(partner)
        })
        .collect();
    for (index, known) in old.iter().enumerate() {
        if !partners.contains(&Some(index)) {
            known.remove();
        }
    }
    let mut place = shown.first_element_child();
    for (wanted, partner) in new.iter().zip(partners) {
        match partner.map(|index| &old[index]) {
            Some(known) => {
                if !is_same(known, wanted) {
                    dress(known, wanted);
                    reconcile(known, wanted);
                }
                place = known.next_element_sibling();
            }
            None => {
                // Fails for a place elsewhere only.
                let _ = shown.insert_before(wanted, place.as_deref());
            }
        }
    }
}

fn is_same(known: &Element, wanted: &Element) -> bool {
    known.is_equal_node(Some(wanted)) || (wanted.id() == LIVE && known.id() == LIVE)
}

/// Gives an element the attributes of another.
fn dress(known: &Element, wanted: &Element) {
    let names = |element: &Element| {
        element.get_attribute_names().iter().filter_map(|name| name.as_string()).collect::<Vec<_>>()
    };
    for name in names(known) {
        if !wanted.has_attribute(&name) {
            // Fails for no name of an attribute.
            let _ = known.remove_attribute(&name);
        }
    }
    for name in names(wanted) {
        set(known, &name, &wanted.get_attribute(&name).unwrap_or_default());
    }
}

/// Whether both are the same box around other elements, and nothing of their own: known by their ids, else by all that is
/// written in their tags.
fn is_frame(known: &Element, wanted: &Element) -> bool {
    let opening = |element: &Element| {
        let whole = element.outer_html();
        whole[..whole.find('>').unwrap_or(0)].to_owned()
    };
    let frames = ["MAIN", "SECTION", "OL", "UL", "LI", "FIELDSET"];
    let is_same = if wanted.id().is_empty() {
        opening(known) == opening(wanted)
    } else {
        known.tag_name() == wanted.tag_name() && known.id() == wanted.id()
    };
    is_same && frames.contains(&wanted.tag_name().as_str())
}

fn elements(parent: &Element) -> Vec<Element> {
    let children = parent.children();
    (0..children.length()).filter_map(|index| children.item(index)).collect()
}

/// The focus stays on the control that has it, or goes to the nearest heading where that control is gone.
fn keep_focus(id: &str) {
    if document().active_element().is_some_and(|element| element.id() == id) {
        return;
    }
    let target = [id, "step", TITLE].into_iter().find_map(|id| document().get_element_by_id(id));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
}
