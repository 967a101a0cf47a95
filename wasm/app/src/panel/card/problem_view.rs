//! Draws problems.

use crate::panel::element_builder::ElementBuilder;
use eimza_protocol::Problem;
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
