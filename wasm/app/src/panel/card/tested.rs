//! Whether a release was tried with a physical card.

use crate::panel::element_builder::ElementBuilder;
use web_sys::Element;

/// Whether the card commands were tried with a physical AKİS card. Until a release sets it, the user is told so
/// wherever codes are about to be sent.
const TRIED_WITH_A_PHYSICAL_CARD: bool = false;

/// Returns the sentence that no physical card was tried; none once one was.
pub(crate) fn untested(dom: &ElementBuilder, tag: &str, class: &str) -> Option<Element> {
    (!TRIED_WITH_A_PHYSICAL_CARD).then(|| dom.text_element(tag, class, "panel_untested"))
}
