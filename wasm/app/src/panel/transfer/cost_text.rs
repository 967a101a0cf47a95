//! Texts about what a step costs, as the panel and the pages to print show them.

use super::step_payment::StepPayment;
use crate::panel::element_builder::ElementBuilder;
use crate::panel::institution::profile_text;
use eimza_guide::Payee;
use eimza_i18n::Catalog;
use eimza_payment::{CostBreakdown, Day, Payer, Price, Product};
use web_sys::Element;

/// Returns what a step costs in one line, warnings about its prices, and where the institution's data come
/// from.
pub(crate) fn cost_lines(dom: &ElementBuilder, payment: StepPayment<'_>) -> Vec<Element> {
    let mut lines = vec![cost_line_of(dom, payment)];
    let warnings = price_warnings(&payment.costs(), payment.today, dom.catalog);
    lines.extend(warnings.iter().map(|text| dom.plain_element("p", "warning", text)));
    lines.extend(origin_line(dom, payment));
    lines
}

/// Returns what a step costs in one line.
pub(super) fn cost_line_of(dom: &ElementBuilder, payment: StepPayment<'_>) -> Element {
    dom.plain_element("p", "bill", &cost_line(&payment.costs(), payment.payment.to, dom.catalog))
}

/// Returns where the institution's data come from, where any are on show and it matters.
pub(super) fn origin_line(dom: &ElementBuilder, payment: StepPayment<'_>) -> Option<Element> {
    let has_told_price = payment.costs().prices().any(|price| price.address.is_none());
    let is_shown = has_told_price || payment.account().is_some() || payment.own_template().is_some();
    let chosen = payment.saved_state.institution().filter(|_| is_shown)?;
    let note = profile_text::origin_note(chosen, dom.catalog)?;
    Some(dom.plain_element("p", "mark-line", &note))
}

/// Returns the account for a page to print, with blanks in the description.
pub(crate) fn printed_account(dom: &ElementBuilder, payment: StepPayment<'_>) -> Vec<Element> {
    let Some(account) = payment.account() else { return Vec::new() };
    let mut rows = vec![
        ("panel_account_bank", account.bank.clone()),
        ("panel_account_holder", account.holder.clone()),
        ("panel_account_iban", account.iban.to_string()),
    ];
    rows.extend(
        payment
            .template()
            .map(|template| ("transfer_description", template.compose(&placeholder_payer(dom.catalog)))),
    );
    let mut content = vec![dom.description_list(&rows)];
    let conflicts = profile_text::conflicts(account, dom.catalog);
    content.extend(conflicts.iter().map(|text| dom.plain_element("p", "warning", text)));
    content
}

/// Returns a payer whose values are the names of the blanks to fill in. The template's own placeholders have
/// braces, which users would copy.
pub(super) fn placeholder_payer(catalog: &Catalog) -> Payer {
    Payer {
        name: catalog.text("transfer_name", &[]),
        surname: catalog.text("transfer_surname", &[]),
        number: catalog.text("transfer_number_blank", &[]),
    }
}

/// Returns the cost in one line: "Kurumunuza ödenecek: 3 yıllık NES 780,00 TL + Mini kart okuyucu 300,00 TL =
/// 1.080,00 TL (26.11.2026 günü …)."
fn cost_line(costs: &CostBreakdown, to: Payee, catalog: &Catalog) -> String {
    let to = match to {
        Payee::Institution => catalog.text("bill_to_institution", &[]),
        Payee::KamuSm => catalog.text("bill_to_kamu_sm", &[]),
    };
    let source = common_price_source(costs, catalog);
    let items = items_line(costs, catalog);
    match (costs.total(), source) {
        (None, _) => catalog.text("bill_open", &[("to", &to), ("items", &items)]),
        (Some(_), Some(source)) => {
            catalog.text("bill_sourced", &[("to", &to), ("items", &items), ("source", &source)])
        }
        (Some(_), None) => catalog.text("bill_mixed", &[("to", &to), ("items", &items)]),
    }
}

/// Returns where all prices come from; `None` if they differ in source or day.
fn common_price_source(costs: &CostBreakdown, catalog: &Catalog) -> Option<String> {
    let mut sources = costs.prices().map(|price| price_source(price, catalog));
    let first = sources.next()?;
    sources.all(|other| other == first).then_some(first)
}

/// Returns where a price comes from: "26.11.2026 günü fiyat listesinden okundu".
fn price_source(price: &Price, catalog: &Catalog) -> String {
    let key = if price.address.is_some() { "bill_read" } else { "bill_told" };
    catalog.text(key, &[("date", &price.read_on.turkish_format())])
}

/// Returns the items and their total: "3 yıllık NES 780,00 TL + Mini kart okuyucu 300,00 TL = 1.080,00 TL".
/// Each price is followed by its source if the sources differ.
pub(super) fn items_line(costs: &CostBreakdown, catalog: &Catalog) -> String {
    let with_sources = common_price_source(costs, catalog).is_none();
    let item = |(product, price): &(Product, Option<Price>)| {
        let name = catalog.text(product.title(), &[]);
        let amount = match price {
            None => catalog.text("bill_unknown", &[]),
            Some(price) if with_sources => format!("{} ({})", price.amount, price_source(price, catalog)),
            Some(price) => price.amount.to_string(),
        };
        catalog.text("bill_item", &[("name", &name), ("amount", &amount)])
    };
    let items = costs.0.iter().map(item).collect::<Vec<_>>().join(" + ");
    match costs.total().filter(|_| costs.0.len() > 1) {
        Some(total) => format!("{items} = {total}"),
        None => items,
    }
}

/// Returns why the prices may be wrong.
pub(super) fn price_warnings(costs: &CostBreakdown, today: Option<Day>, catalog: &Catalog) -> Vec<String> {
    let mut warnings = Vec::new();
    if today.is_some_and(|today| costs.is_outdated(today)) {
        warnings.push(catalog.text("bill_old", &[]));
    }
    if costs.is_unverified() {
        warnings.push(catalog.text("bill_unverified", &[]));
    }
    warnings
}
