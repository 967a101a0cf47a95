//! Draws the payment at a step.

use super::cost_text::{cost_lines, items_line, placeholder_payer, price_warnings};
use super::description_check::{number_problem, problems};
use super::state::{Field, Message, Transfer, TransferField};
use super::step_payment::StepPayment;
use crate::panel::dom_builder::{Control, DomBuilder};
use crate::panel::element_builder::ElementBuilder;
use crate::panel::institution::profile_text;
use eimza_guide::Account;
use eimza_i18n::Catalog;
use eimza_messages::Sheet;
use eimza_payment::Template;
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the cost, the account and the form for the description.
pub(super) fn payment(dom: &mut Dom, payment: StepPayment<'_>, transfer: &Transfer) -> Vec<Element> {
    let mut content = cost_lines(dom, payment);
    if let Some(account) = payment.account() {
        content.push(account_rows(dom, payment, account, transfer));
        let conflicts = profile_text::conflicts(account, dom.catalog);
        content.extend(conflicts.iter().map(|text| dom.plain_element("p", "warning", text)));
    }
    if let Some(template) = payment.template() {
        content.push(description_form(dom, template, transfer));
    }
    if matches!(transfer.copied, Some((_, false))) {
        content.push(dom.text_element("p", "warning", "transfer_not_copied"));
    }
    if payment.account().is_some() {
        let text = dom.text("panel_print_transfer");
        content.push(dom.external_link("print-transfer", "button", "transfer.html", &text));
    }
    content
}

fn account_rows(dom: &mut Dom, payment: StepPayment<'_>, account: &Account, transfer: &Transfer) -> Element {
    let iban = &account.iban;
    let mut rows = vec![
        (TransferField::Bank, "panel_account_bank", account.bank.clone(), account.bank.clone()),
        (TransferField::Holder, "panel_account_holder", account.holder.clone(), account.holder.clone()),
        (TransferField::Iban, "panel_account_iban", iban.to_string(), iban.compact().to_owned()),
    ];
    rows.extend(
        payment
            .costs()
            .total()
            .map(|total| (TransferField::Amount, "transfer_amount", total.to_string(), total.number())),
    );
    let mut cells = Vec::new();
    for (field, name, shown, copied) in rows {
        let value = dom.plain_element("span", "", &shown);
        let copy = copy_button(dom, field, name, copied, transfer);
        cells.push(dom.text_element("dt", "", name));
        cells.push(dom.element("dd", name, &[value, copy]));
    }
    dom.element("dl", "transfer", &cells)
}

fn copy_button(
    dom: &mut Dom,
    field: TransferField,
    name: &str,
    text: String,
    transfer: &Transfer,
) -> Element {
    let is_copied = transfer.copied == Some((field, true));
    let label = dom.text_element("span", "", if is_copied { "overlay_copied" } else { "overlay_copy" });
    let hidden_name = dom.plain_element("span", "hidden", &format!(": {}", dom.text(name)));
    dom.button_with(&format!("copy-{name}"), Message::Copy(field, text), "copy", &[label, hidden_name])
}

fn description_form(dom: &mut Dom, template: &Template, transfer: &Transfer) -> Element {
    let explanation = if transfer.remember { "transfer_explain_kept" } else { "transfer_explain" };
    let mut content =
        vec![dom.text_element("legend", "", "transfer_title"), dom.text_element("p", "note", explanation)];
    content.extend(payer_fields(dom, transfer));
    let description = transfer.description(template);
    let name = template.to_string();
    let edited = name.clone();
    let on_input = move |text| Message::DescriptionEdited { template: edited.clone(), text };
    let control = Control::text(on_input, Message::FieldLeft);
    content.push(dom.text_area("transfer-text", "transfer_description", &description, control));
    if transfer.is_edited(template) {
        content.push(dom.button("transfer-compose", Message::Compose(name), "transfer_compose", false));
    } else if transfer.can_restore(template) {
        content.push(dom.button("transfer-restore", Message::Restore(name), "transfer_restore", false));
    }
    if !description.is_empty() {
        content.push(check_result(dom, template, transfer));
        let field = TransferField::Description;
        content.push(copy_button(dom, field, "transfer_description", description, transfer));
    }
    let form = dom.element("fieldset", "composer", &content);
    form.set_id("composer");
    form
}

fn payer_fields(dom: &mut Dom, transfer: &Transfer) -> Vec<Element> {
    let payer = &transfer.payer;
    let mut content = Vec::new();
    for (id, key, field, value) in [
        ("payer-name", "transfer_name", Field::Name, &payer.name),
        ("payer-surname", "transfer_surname", Field::Surname, &payer.surname),
        ("payer-number", "transfer_number", Field::Number, &payer.number),
    ] {
        let control = Control::text(move |text| Message::PayerEdited(field, text), Message::FieldLeft);
        content.push(dom.text_input(id, key, value, control));
    }
    if let Some((key, args)) = number_problem(transfer) {
        let finding = dom.plain_element("p", "finding", &dom.catalog.text_with(key, &args));
        finding.set_id("payer-number-finding");
        content.push(finding);
    }
    let text = dom.text("transfer_remember");
    let toggle = Message::SetRemember(!transfer.remember);
    content.push(dom.check_box("payer-remember", toggle, transfer.remember, &text));
    content
}

/// Returns the result of checking the description against what the receipt must show.
fn check_result(dom: &ElementBuilder, template: &Template, transfer: &Transfer) -> Element {
    let problems = problems(template, transfer, dom.catalog);
    if problems.is_empty() {
        return dom.text_element("p", "success", "transfer_complete");
    }
    let title = dom.text_element("p", "what", "transfer_lacks");
    let items: Vec<_> = problems.iter().map(|problem| dom.plain_element("li", "", problem)).collect();
    dom.element("div", "warning", &[title, dom.element("ul", "", &items)])
}

/// Returns the result of what the user did last, for screen readers; `None` if that concerned another
/// section.
pub(super) fn announcement(
    payment: StepPayment<'_>,
    transfer: &Transfer,
    catalog: &Catalog,
) -> Option<String> {
    if !transfer.announces_result {
        return None;
    }
    if let Some((_, done)) = transfer.copied {
        return Some(catalog.text(if done { "overlay_copied" } else { "transfer_not_copied" }, &[]));
    }
    let template = payment.template().filter(|template| !transfer.description(template).is_empty())?;
    let problems = problems(template, transfer, catalog);
    Some(if problems.is_empty() {
        catalog.text("transfer_complete", &[])
    } else {
        problems_line(&problems, catalog)
    })
}

fn problems_line(problems: &[String], catalog: &Catalog) -> String {
    format!("{} {}", catalog.text("transfer_lacks", &[]), problems.join(", "))
}

/// Returns the transfer to be printed; `None` if the payment goes to no known account.
pub(super) fn sheet(payment: StepPayment<'_>, transfer: &Transfer, catalog: &Catalog) -> Option<Sheet> {
    let (account, chosen) = (payment.account()?, payment.saved_state.institution()?);
    let costs = payment.costs();
    let text = |key| catalog.text(key, &[]);
    let amount = costs.total().map_or_else(|| text("bill_unknown"), |total| total.to_string());
    let mut rows = vec![
        (text("panel_account_bank"), account.bank.clone()),
        (text("panel_account_holder"), account.holder.clone()),
        (text("panel_account_iban"), account.iban.to_string()),
        (text("transfer_amount"), amount),
        (text("transfer_for"), items_line(&costs, catalog)),
    ];
    let mut warnings = price_warnings(&costs, payment.today, catalog);
    warnings.extend(profile_text::conflicts(account, catalog));
    warnings.extend(profile_text::origin_note(chosen, catalog));
    if let Some(template) = payment.template() {
        let description = Some(transfer.description(template)).filter(|text| !text.is_empty());
        if description.is_some() {
            let problems = problems(template, transfer, catalog);
            if !problems.is_empty() {
                warnings.insert(0, problems_line(&problems, catalog));
            }
        }
        let placeholder = || template.compose(&placeholder_payer(catalog));
        rows.push((text("transfer_description"), description.unwrap_or_else(placeholder)));
    }
    let mut notes = profile_text::submission(chosen.institution, catalog);
    notes.push(profile_text::source_line_of(chosen, catalog));
    Some(Sheet { title: chosen.institution.name.clone(), rows, warnings, notes })
}
