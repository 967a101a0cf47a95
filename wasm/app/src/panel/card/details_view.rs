//! Draws what few users need to know about a card: its reader, family and certificate.

use crate::panel::element_builder::ElementBuilder;
use eimza_protocol::{CardRoute, CardStatus, CodesFrom};
use web_sys::Element;

/// Returns the folded details of the card in a reader.
pub(super) fn details(dom: &ElementBuilder, reader: &str, card: &CardStatus) -> Element {
    let mut rows = vec![("panel_reader", reader.to_owned()), ("panel_card", card.family.clone())];
    if let Some(certificate) = card.certificates.first() {
        rows.push(("panel_issuer", certificate.issuer.clone()));
        rows.push(("panel_serial", certificate.serial.clone()));
    }
    let mut content = vec![dom.text_element("summary", "", "panel_details"), dom.description_list(&rows)];
    content.extend(notes(dom, card));
    let details = dom.element("details", "", &content);
    details.set_id("card-details");
    details
}

/// Returns what to know about the way on which codes reach the card.
pub(super) fn notes(dom: &ElementBuilder, card: &CardStatus) -> Vec<Element> {
    let assumed = (card.codes_from == CodesFrom::Assumption).then_some("card_codes_assumed");
    // The usual case, of which nothing need be said, is a card whose commands are known.
    let route = card.route.filter(|route| *route != CardRoute::Commands).map(CardRoute::message_key);
    assumed.into_iter().chain(route).map(|key| dom.text_element("p", "note", key)).collect()
}
