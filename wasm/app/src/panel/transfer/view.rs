//! Draws the payment at a step.

use super::cost_text::{cost_line_of, items_line, origin_line, placeholder_payer};
use super::description_check::number_problem;
use super::state::{Field, Message, Transfer, TransferField};
use super::step_payment::StepPayment;
use super::verdict::Verdict;
use crate::panel::dom_builder::{Control, DomBuilder};
use crate::panel::element_builder::ElementBuilder;
use crate::panel::institution::profile_text;
use eimza_guide::{Account, Payee};
use eimza_i18n::Catalog;
use eimza_messages::Sheet;
use eimza_payment::Template;
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the cost, the account and the form for the description.
pub(super) fn payment(dom: &mut Dom, payment: StepPayment<'_>, transfer: &Transfer) -> Vec<Element> {
    let mut content = vec![cost_line_of(dom, payment)];
    if let Some(account) = payment.account() {
        content.push(account_rows(dom, payment, account, transfer));
    } else if payment.payment.to == Payee::Institution {
        content.push(questions(dom));
    }
    // Below what it judges: the description once there is one, else account and price.
    let verdict = Verdict::of(payment, transfer, dom.catalog).map(|verdict| verdict.draw(dom));
    let (before, in_form) = match payment.template() {
        Some(template) if !transfer.description(template).is_empty() => (None, verdict),
        _ => (verdict, None),
    };
    content.extend(before);
    content.extend(origin_line(dom, payment));
    if let Some(template) = payment.template() {
        content.push(description_form(dom, payment, template, transfer, in_form));
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
    if let Some(telephone) = payment.telephone() {
        cells.push(dom.text_element("dt", "", "panel_unit_phone"));
        cells.push(dom.plain_element("dd", "", telephone));
    }
    dom.element("dl", "transfer", &cells)
}

/// Returns what to ask whom while no account is known.
fn questions(dom: &ElementBuilder) -> Element {
    let keys = ["ask_account", "ask_amount", "ask_description", "ask_receipt"];
    let items = keys.map(|key| dom.text_element("li", "", key));
    let title = dom.text_element("p", "what", "ask_unit");
    dom.element("div", "questions", &[title, dom.element("ul", "", &items)])
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

fn description_form(
    dom: &mut Dom,
    payment: StepPayment<'_>,
    template: &Template,
    transfer: &Transfer,
    verdict: Option<Element>,
) -> Element {
    let explanation = if transfer.remember { "transfer_explain_kept" } else { "transfer_explain" };
    let mut content =
        vec![dom.text_element("legend", "", "transfer_title"), dom.text_element("p", "note", explanation)];
    if payment.own_template().is_none() {
        content.push(dom.text_element("p", "note", "transfer_by_guide"));
    }
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
        content.extend(verdict);
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
    payment.template().filter(|template| !transfer.description(template).is_empty())?;
    Verdict::of(payment, transfer, catalog).map(|verdict| verdict.to_string())
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
    let verdict = Verdict::of(payment, transfer, catalog).filter(|verdict| !verdict.is_ready());
    let mut warnings: Vec<String> = verdict.iter().map(ToString::to_string).collect();
    warnings.extend(profile_text::origin_note(chosen, catalog));
    if let Some(template) = payment.template() {
        let description = Some(transfer.description(template)).filter(|text| !text.is_empty());
        let placeholder = || template.compose(&placeholder_payer(catalog));
        rows.push((text("transfer_description"), description.unwrap_or_else(placeholder)));
    }
    let mut notes = profile_text::submission(chosen.institution, true, true, catalog);
    notes.push(profile_text::source_line_of(chosen, catalog));
    Some(Sheet { title: chosen.institution.name.clone(), rows, warnings, notes })
}
