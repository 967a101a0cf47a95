//! Draws problems.

use crate::panel::element_builder::{ElementBuilder, set_attribute};
use eimza_protocol::{CardStatus, CodeState, Problem};
use web_sys::Element;

/// Returns an alert with what happened and what to do about it.
pub(super) fn problem_alert(dom: &ElementBuilder, [problem, remedy]: &[String; 2]) -> Element {
    let problem = dom.plain_element("p", "what", problem);
    let remedy = dom.plain_element("p", "", remedy);
    dom.alert("problem", &[problem, remedy])
}

/// Returns an alert about a problem that the host reported.
pub(super) fn host_problem_alert(dom: &ElementBuilder, problem: &Problem) -> Element {
    problem_alert(dom, &dom.explain(problem))
}

/// Returns what became of an operation that did not succeed; `card` as it was read last. That the user gave up
/// is no error.
pub(super) fn failed_operation(
    dom: &ElementBuilder,
    problem: &Problem,
    card: Option<&CardStatus>,
) -> Element {
    let [what, mut remedy] = dom.explain(problem);
    if let Some(key) = remedy_here(problem, card) {
        remedy = dom.text(key);
    }
    if *problem != Problem::Cancelled {
        return problem_alert(dom, &[what, remedy]);
    }
    let lines = [dom.plain_element("p", "what", &what), dom.plain_element("p", "", &remedy)];
    let notice = dom.element("div", "neutral", &lines);
    set_attribute(&notice, "role", "status");
    notice
}

/// Returns the key of a remedy that says more, because the panel shows the cards; none for most problems.
fn remedy_here(problem: &Problem, card: Option<&CardStatus>) -> Option<&'static str> {
    match (problem, card.map(|card| card.pin)) {
        (Problem::SeveralCards, _) => Some("remedy_several_cards_panel"),
        (Problem::PukBlocked, Some(CodeState::Blocked)) => Some("remedy_puk_blocked_pin_blocked"),
        (Problem::PukBlocked, Some(CodeState::Usable { .. })) => Some("remedy_puk_blocked_pin_usable"),
        (Problem::PinBlocked, _) if card.is_some_and(|card| card.puk == CodeState::Blocked) => {
            Some("headline_codes_blocked_why")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_card::test_card;
    use super::*;
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    fn card(pin: CodeState) -> CardStatus {
        test_card(pin, CodeState::Blocked, Vec::new())
    }

    #[test]
    fn a_blocked_puk_is_explained_by_the_state_of_the_pin() {
        let remedy = |pin| remedy_here(&Problem::PukBlocked, Some(&card(pin)));
        assert_eq!(remedy(CodeState::Blocked), Some("remedy_puk_blocked_pin_blocked"));
        assert_eq!(remedy(CodeState::Usable { tries: None }), Some("remedy_puk_blocked_pin_usable"));
        assert_eq!(remedy(CodeState::Unknown), None, "both are possible, and the general remedy says both");
        assert_eq!(remedy_here(&Problem::PukBlocked, None), None);
    }

    #[test]
    fn a_blocked_pin_is_not_to_be_unlocked_with_a_blocked_puk() {
        let mut card = card(CodeState::Usable { tries: Some(1) });
        assert_eq!(remedy_here(&Problem::PinBlocked, Some(&card)), Some("headline_codes_blocked_why"));
        card.puk = CodeState::Usable { tries: None };
        assert_eq!(remedy_here(&Problem::PinBlocked, Some(&card)), None);
    }

    #[test]
    fn the_panel_names_no_option_of_the_command_line() {
        for lang in [Lang::Tr, Lang::En] {
            let text = |key: &str| Catalog::of(lang).text(key, &[]);
            let key = remedy_here(&Problem::SeveralCards, None).unwrap();
            assert!(!text(key).contains("--reader") && text(key) != key);
            assert!(text("remedy_several_cards").contains("--reader"));
        }
    }
}
