//! The verdict on a payment: whether anything is left to correct or to ask before paying.

use super::cost_text::price_warnings;
use super::description_check::problems;
use super::state::Transfer;
use super::step_payment::StepPayment;
use crate::panel::element_builder::ElementBuilder;
use crate::panel::institution::profile_text;
use eimza_guide::Payee;
use eimza_i18n::Catalog;
use std::fmt;
use web_sys::Element;

/// The verdict on a payment. There is one for account, price and description together, so that nothing says that
/// all is well while something else warns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    title: String,
    /// What is to be corrected or asked; empty where nothing is.
    reasons: Vec<String>,
}

impl Verdict {
    /// Returns the verdict; none while nothing is wrong and there is no description yet.
    pub(super) fn of(payment: StepPayment<'_>, transfer: &Transfer, catalog: &Catalog) -> Option<Self> {
        let template = payment.template().filter(|template| !transfer.description(template).is_empty());
        let is_described = template.is_some();
        let mut reasons = template.map(|template| problems(template, transfer, catalog)).unwrap_or_default();
        let is_lacking = !reasons.is_empty();
        reasons.extend(price_warnings(&payment.costs(), payment.today, catalog));
        reasons.extend(
            payment.account().into_iter().flat_map(|account| profile_text::conflicts(account, catalog)),
        );
        let text = |key| catalog.text(key, &[]);
        let is_account_unknown = payment.payment.to == Payee::Institution && payment.account().is_none();
        if is_account_unknown && is_described {
            reasons.push(text("transfer_account_unknown"));
        }
        let title = match (is_described, is_lacking, reasons.is_empty()) {
            (_, true, _) => text("transfer_lacks"),
            (true, false, true) => text("transfer_complete"),
            (true, false, false) => text("transfer_complete_but"),
            (false, _, false) => text("transfer_before"),
            (false, _, true) => return None,
        };
        Some(Self { title, reasons })
    }

    /// Returns whether nothing is left to correct or to ask.
    pub(super) fn is_ready(&self) -> bool {
        self.reasons.is_empty()
    }

    pub(super) fn draw(&self, dom: &ElementBuilder) -> Element {
        if self.is_ready() {
            return dom.plain_element("p", "success verdict", &self.title);
        }
        let title = dom.plain_element("p", "what", &self.title);
        let items: Vec<_> = self.reasons.iter().map(|reason| dom.plain_element("li", "", reason)).collect();
        dom.element("div", "warning verdict", &[title, dom.element("ul", "", &items)])
    }
}

/// In one line, for screen readers and the page to print.
impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.title)?;
        if !self.is_ready() {
            write!(out, " {}", self.reasons.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::{Field, Message};
    use super::*;
    use eimza_guide::{Checklist, IMPORTED_PREFIX, ImportedProfile, Role, SavedState};
    use eimza_protocol::Lang;

    /// Returns a profile of which nothing is in doubt.
    fn without_conflicts() -> String {
        let profile = include_str!("../../../../guide/tests/whole-profile.json");
        let lines: Vec<_> = profile.lines().filter(|line| !line.contains("conflicts")).collect();
        lines.join("\n").replace("\",\n  }", "\"\n  }")
    }

    fn verdict(institution: Option<&str>, payer: &[(Field, &str)]) -> Option<(String, usize)> {
        let saved_state = SavedState {
            role: Some(Role::FamilyPhysician),
            institution: institution.map(str::to_owned),
            imported: vec![ImportedProfile::from(without_conflicts())],
            ..SavedState::default()
        };
        let list = Checklist::of("renewal", &saved_state, None).unwrap();
        let payment = StepPayment::all(&list, &saved_state, None).next().unwrap();
        let mut transfer = Transfer::default();
        for (field, text) in payer {
            transfer.handle(Message::PayerEdited(*field, (*text).to_owned()));
        }
        let verdict = Verdict::of(payment, &transfer, Catalog::of(Lang::Tr))?;
        Some((verdict.title.clone(), verdict.reasons.len()))
    }

    const PAYER: [(Field, &str); 3] =
        [(Field::Name, "Deneme"), (Field::Surname, "Kişi"), (Field::Number, "10000000146")];

    #[test]
    fn a_complete_description_is_no_all_clear_while_the_account_is_in_doubt() {
        let (title, reasons) = verdict(Some("mersin"), &PAYER).unwrap();
        assert!(title.ends_with("Yatırmadan önce:") && reasons > 0, "{title}");
    }

    #[test]
    fn a_complete_description_is_the_all_clear_where_nothing_else_is_in_doubt() {
        let institution = format!("{IMPORTED_PREFIX}ornek-il");
        let (title, reasons) = verdict(Some(&institution), &PAYER).unwrap();
        assert!(title.ends_with("açıklamada var.") && reasons == 0, "{title} {reasons}");
    }

    #[test]
    fn a_complete_description_is_no_all_clear_while_the_account_is_unknown() {
        let (title, reasons) = verdict(None, &PAYER).unwrap();
        assert!(title.ends_with("Yatırmadan önce:") && reasons == 1, "{title}");
    }

    #[test]
    fn what_the_description_lacks_and_what_is_to_be_asked_are_one_list() {
        let (_, asked) = verdict(Some("mersin"), &[]).unwrap();
        let (title, reasons) = verdict(Some("mersin"), &PAYER[..2]).unwrap();
        assert!(title.starts_with("Dekontta") && reasons == asked + 1, "{title} {reasons}");
    }

    #[test]
    fn there_is_no_verdict_before_there_is_anything_to_judge() {
        assert_eq!(verdict(None, &[]), None);
    }
}
