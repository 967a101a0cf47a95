//! What is paid at a step, as elements, and as a sheet to print.

use super::state::{Button, Field, Line, Transfer};
use crate::panel::Press;
use crate::panel::institution::words;
use crate::panel::pen::Pen;
use eimza_guide::{
    Account, IDENTITY_NUMBER_LENGTH, IdentityNumberError, Payee, Payment, SavedState,
    validate_identity_number,
};
use eimza_i18n::Catalog;
use eimza_messages::Sheet;
use eimza_payment::{CostBreakdown, Day, DescriptionIssue, Payer, Price, Product, Template};
use web_sys::Element;

/// What a payment is about: the user's saved state, the procedure and the day.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub saved_state: &'a SavedState,
    pub procedure: &'a str,
    pub payment: &'a Payment,
    pub today: Option<Day>,
}

impl<'a> Case<'a> {
    fn bill(self) -> CostBreakdown {
        self.saved_state.cost_breakdown(&self.payment.items, self.today)
    }

    /// The account that it goes to.
    fn account(self) -> Option<&'a Account> {
        let chosen = self.saved_state.institution().filter(|_| self.payment.to == Payee::Institution)?;
        chosen.institution.account.as_ref()
    }

    /// What the transfer has to say.
    pub(crate) fn template(self) -> Option<&'a Template> {
        let chosen = self.saved_state.institution().filter(|_| self.payment.to == Payee::Institution)?;
        chosen.institution.payment(self.procedure, self.saved_state.role)?.description.as_ref()
    }
}

/// All of it in the panel.
pub(crate) fn parts(pen: &mut Pen<Press>, case: Case<'_>, transfer: &Transfer) -> Vec<Element> {
    let mut parts = lines(pen, case);
    if let Some(account) = case.account() {
        parts.push(account_rows(pen, case, account, transfer));
        parts.extend(words::conflicts(account, pen.words).iter().map(|text| pen.plain("p", "warning", text)));
    }
    if let Some(template) = case.template() {
        parts.push(composer(pen, template, transfer));
    }
    if matches!(transfer.copied, Some((_, false))) {
        parts.push(pen.text("p", "warning", "transfer_not_copied"));
    }
    if case.account().is_some() {
        let text = pen.say("panel_print_transfer");
        parts.push(pen.link("print-transfer", "button", "transfer.html", &text));
    }
    parts
}

/// What it costs, in a line, and how sure that is; and where what the institution says comes from.
pub(crate) fn lines<P>(pen: &Pen<P>, case: Case<'_>) -> Vec<Element> {
    let bill = case.bill();
    let mut lines = vec![pen.plain("p", "bill", &bill_line(&bill, case.payment.to, pen.words))];
    lines.extend(doubts(&bill, case.today, pen.words).iter().map(|text| pen.plain("p", "warning", text)));
    let is_told = bill.prices().any(|price| price.address.is_none());
    if is_told || case.account().is_some() || case.template().is_some() {
        let mark = case.saved_state.institution().and_then(|chosen| words::mark(chosen, pen.words));
        lines.extend(mark.map(|mark| pen.plain("p", "mark-line", &mark)));
    }
    lines
}

/// The account in rows of its own, as it stands on paper.
pub(crate) fn account_on_paper<P>(pen: &Pen<P>, case: Case<'_>) -> Vec<Element> {
    let Some(account) = case.account() else { return Vec::new() };
    let mut rows = vec![
        ("panel_account_bank", account.bank.clone()),
        ("panel_account_holder", account.holder.clone()),
        ("panel_account_iban", account.iban.to_string()),
    ];
    rows.extend(
        case.template().map(|template| ("transfer_description", template.compose(&blank(pen.words)))),
    );
    let mut parts = vec![pen.rows(&rows)];
    parts.extend(words::conflicts(account, pen.words).iter().map(|text| pen.plain("p", "warning", text)));
    parts
}

/// With the names of what is to be filled in: braces would be copied as they are.
fn blank(words: &Catalog) -> Payer {
    Payer {
        name: words.text("transfer_name", &[]),
        surname: words.text("transfer_surname", &[]),
        number: words.text("transfer_number_blank", &[]),
    }
}

/// "Kurumunuza ödenecek: 3 yıllık NES 780,00 TL + Mini kart okuyucu 300,00 TL = 1.080,00 TL (26.11.2026 günü …)."
fn bill_line(bill: &CostBreakdown, to: Payee, words: &Catalog) -> String {
    let to = match to {
        Payee::Institution => words.text("bill_to_institution", &[]),
        Payee::KamuSm => words.text("bill_to_kamu_sm", &[]),
    };
    let source = common_source(bill, words);
    let items = items_line(bill, source.is_none(), words);
    match (bill.total(), source) {
        (None, _) => words.text("bill_open", &[("to", &to), ("items", &items)]),
        (Some(_), Some(source)) => {
            words.text("bill_sourced", &[("to", &to), ("items", &items), ("source", &source)])
        }
        (Some(_), None) => words.text("bill_mixed", &[("to", &to), ("items", &items)]),
    }
}

/// Where all prices come from; none where they do not come from one place on one day.
fn common_source(bill: &CostBreakdown, words: &Catalog) -> Option<String> {
    let mut sources = bill.prices().map(|price| source(price, words));
    let first = sources.next()?;
    sources.all(|other| other == first).then_some(first)
}

/// "26.11.2026 günü fiyat listesinden okundu".
fn source(price: &Price, words: &Catalog) -> String {
    let key = if price.address.is_some() { "bill_read" } else { "bill_told" };
    words.text(key, &[("date", &price.read_on.turkish_format())])
}

/// "3 yıllık NES 780,00 TL + Mini kart okuyucu 300,00 TL = 1.080,00 TL", with the source of each where they differ.
fn items_line(bill: &CostBreakdown, each_sourced: bool, words: &Catalog) -> String {
    let item = |(product, price): &(Product, Option<Price>)| {
        let name = words.text(product.title(), &[]);
        let amount = match price {
            None => words.text("bill_unknown", &[]),
            Some(price) if each_sourced => format!("{} ({})", price.amount, source(price, words)),
            Some(price) => price.amount.to_string(),
        };
        words.text("bill_item", &[("name", &name), ("amount", &amount)])
    };
    let items = bill.0.iter().map(item).collect::<Vec<_>>().join(" + ");
    match bill.total().filter(|_| bill.0.len() > 1) {
        Some(total) => format!("{items} = {total}"),
        None => items,
    }
}

/// What makes the prices less than sure.
fn doubts(bill: &CostBreakdown, today: Option<Day>, words: &Catalog) -> Vec<String> {
    let mut doubts = Vec::new();
    if today.is_some_and(|today| bill.is_outdated(today)) {
        doubts.push(words.text("bill_old", &[]));
    }
    if bill.is_unverified() {
        doubts.push(words.text("bill_unverified", &[]));
    }
    doubts
}

fn account_rows(pen: &mut Pen<Press>, case: Case<'_>, account: &Account, transfer: &Transfer) -> Element {
    let mut rows = vec![
        (Line::Bank, "panel_account_bank", account.bank.clone(), account.bank.clone()),
        (Line::Holder, "panel_account_holder", account.holder.clone(), account.holder.clone()),
        (Line::Iban, "panel_account_iban", account.iban.to_string(), account.iban.compact().to_owned()),
    ];
    rows.extend(
        case.bill().total().map(|total| (Line::Amount, "transfer_amount", total.to_string(), total.number())),
    );
    let mut cells = Vec::new();
    for (line, name, shown, copied) in rows {
        let value = pen.plain("span", "", &shown);
        let copy = copy_button(pen, line, name, copied, transfer);
        cells.push(pen.text("dt", "", name));
        cells.push(pen.element("dd", name, &[value, copy]));
    }
    pen.element("dl", "transfer", &cells)
}

fn copy_button(pen: &mut Pen<Press>, line: Line, name: &str, text: String, transfer: &Transfer) -> Element {
    let is_done = transfer.copied == Some((line, true));
    let shown = pen.text("span", "", if is_done { "overlay_copied" } else { "overlay_copy" });
    let of = pen.plain("span", "hidden", &format!(": {}", pen.say(name)));
    let press = Press::Transfer(Button::Copy(line, text));
    pen.button_of(&format!("copy-{name}"), press, "copy", &[shown, of])
}

fn composer(pen: &mut Pen<Press>, template: &Template, transfer: &Transfer) -> Element {
    let kept = if transfer.remember { "transfer_explain_kept" } else { "transfer_explain" };
    let mut parts = vec![pen.text("legend", "", "transfer_title"), pen.text("p", "note", kept)];
    let payer = &transfer.payer;
    for (id, key, field, value) in [
        ("payer-name", "transfer_name", Field::Name, &payer.name),
        ("payer-surname", "transfer_surname", Field::Surname, &payer.surname),
        ("payer-number", "transfer_number", Field::Number, &payer.number),
    ] {
        parts.push(pen.input(id, key, Press::Typed(field), value));
    }
    if let Some((key, args)) = number_fault(transfer) {
        let finding = pen.plain("p", "finding", &pen.words.text_with(key, &args));
        finding.set_id("payer-number-finding");
        parts.push(finding);
    }
    let remember = Press::Transfer(Button::Remember(!transfer.remember));
    let text = pen.say("transfer_remember");
    parts.push(pen.check_box("payer-remember", remember, transfer.remember, &text));
    let description = transfer.description(template);
    let name = template.to_string();
    let press = Press::Described(name.clone());
    parts.push(pen.text_area("transfer-text", "transfer_description", press, &description));
    if transfer.is_edited(template) {
        let compose = Press::Transfer(Button::Compose(name));
        parts.push(pen.button("transfer-compose", compose, "transfer_compose", false));
    } else if transfer.can_restore(template) {
        let restore = Press::Transfer(Button::Restore(name));
        parts.push(pen.button("transfer-restore", restore, "transfer_restore", false));
    }
    if !description.is_empty() {
        parts.push(verdict(pen, template, transfer));
        parts.push(copy_button(pen, Line::Description, "transfer_description", description, transfer));
    }
    let composer = pen.element("fieldset", "composer", &parts);
    composer.set_id("composer");
    composer
}

/// Whether the text has everything that the receipt must show.
fn verdict<P>(pen: &Pen<P>, template: &Template, transfer: &Transfer) -> Element {
    let faults = faults(template, transfer, pen.words);
    if faults.is_empty() {
        return pen.text("p", "success", "transfer_complete");
    }
    let what = pen.text("p", "what", "transfer_lacks");
    let items: Vec<_> = faults.iter().map(|fault| pen.plain("li", "", fault)).collect();
    pen.element("div", "warning", &[what, pen.element("ul", "", &items)])
}

/// What came of the last touch, to be said aloud; none where something else was touched.
pub(crate) fn news(case: Case<'_>, transfer: &Transfer, words: &Catalog) -> Option<String> {
    if !transfer.touched {
        return None;
    }
    if let Some((_, done)) = transfer.copied {
        return Some(words.text(if done { "overlay_copied" } else { "transfer_not_copied" }, &[]));
    }
    let template = case.template().filter(|template| !transfer.description(template).is_empty())?;
    let faults = faults(template, transfer, words);
    Some(match faults[..] {
        [] => words.text("transfer_complete", &[]),
        _ => format!("{} {}", words.text("transfer_lacks", &[]), faults.join(", ")),
    })
}

/// What the finished text lacks, in words.
fn faults(template: &Template, transfer: &Transfer, words: &Catalog) -> Vec<String> {
    let lacks = |missing: &DescriptionIssue| match missing {
        DescriptionIssue::MissingName => words.text("transfer_name", &[]),
        DescriptionIssue::MissingSurname => words.text("transfer_surname", &[]),
        DescriptionIssue::MissingNumber => words.text("transfer_number", &[]),
        DescriptionIssue::MissingPhrase(phrase) => format!("“{phrase}”"),
        DescriptionIssue::UnexpectedNumber(number) => {
            words.text("transfer_other_number", &[("number", number)])
        }
    };
    let missing = transfer.missing(template);
    let mut faults: Vec<String> = missing.iter().map(lacks).collect();
    match number_fault(transfer) {
        Some((key, args)) => faults.push(words.text_with(key, &args)),
        // A number that is not whole yet is not there yet.
        None if validate_identity_number(&transfer.payer.number).is_err()
            && !missing.contains(&DescriptionIssue::MissingNumber) =>
        {
            faults.push(lacks(&DescriptionIssue::MissingNumber));
        }
        None => {}
    }
    faults
}

/// What is wrong with the payer's number, as a sentence and its arguments; nothing before one is typed, and nothing of its
/// length while it is.
fn number_fault(transfer: &Transfer) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let number = transfer.payer.number.trim();
    let fault = validate_identity_number(number).err().filter(|_| !number.is_empty())?;
    let is_typed = transfer.typing == Some(Field::Number);
    let unfinished =
        is_typed && matches!(fault, IdentityNumberError::Length(length) if length < IDENTITY_NUMBER_LENGTH);
    (!unfinished).then(|| fault.message())
}

/// All of it for paper; none where no account is shown.
pub(crate) fn sheet(case: Case<'_>, transfer: &Transfer, words: &Catalog) -> Option<Sheet> {
    let (account, chosen) = (case.account()?, case.saved_state.institution()?);
    let bill = case.bill();
    let say = |key| words.text(key, &[]);
    let mut rows = vec![
        (say("panel_account_bank"), account.bank.clone()),
        (say("panel_account_holder"), account.holder.clone()),
        (say("panel_account_iban"), account.iban.to_string()),
        (say("transfer_amount"), bill.total().map_or_else(|| say("bill_unknown"), |total| total.to_string())),
        (say("transfer_for"), items_line(&bill, common_source(&bill, words).is_none(), words)),
    ];
    let mut warnings = doubts(&bill, case.today, words);
    warnings.extend(words::conflicts(account, words));
    warnings.extend(words::mark(chosen, words));
    if let Some(template) = case.template() {
        let description = Some(transfer.description(template)).filter(|text| !text.is_empty());
        let is_typed = description.is_some();
        rows.push((
            say("transfer_description"),
            description.unwrap_or_else(|| template.compose(&blank(words))),
        ));
        let faults = faults(template, transfer, words);
        if is_typed && !faults.is_empty() {
            warnings.insert(0, format!("{} {}", say("transfer_lacks"), faults.join(", ")));
        }
    }
    let mut notes = words::papers(chosen.institution, words);
    notes.push(words::sources(chosen, words));
    Some(Sheet { title: chosen.institution.name.clone(), rows, warnings, notes })
}
