//! Texts about an institution profile, as the panel and the pages to print show them.

use crate::panel::source_line::source_line;
use eimza_guide::{Account, ActiveInstitution, Channel, Institution, Origin, Party, procedures};
use eimza_i18n::Catalog;

/// Returns a note on where the profile comes from; `None` for one that ships with the product.
pub(crate) fn origin_note(chosen: ActiveInstitution<'_>, catalog: &Catalog) -> Option<String> {
    match chosen.origin {
        Origin::BuiltIn => None,
        Origin::File => Some(catalog.text("institution_from_file", &[])),
        Origin::Policy => Some(catalog.text("institution_from_policy", &[])),
    }
}

/// Returns sentences about conflicting information that the user should ask about before paying.
pub(crate) fn conflicts(account: &Account, catalog: &Catalog) -> Vec<String> {
    let sentence = |key, date: &str, other: &str| catalog.text(key, &[("date", date), ("other", other)]);
    let sentences = account.conflicts.iter().flat_map(|conflict| {
        let date = conflict.date.turkish_format();
        let holder =
            conflict.holder.as_ref().map(|holder| sentence("institution_other_holder", &date, holder));
        let text = conflict.description.as_ref().map(|text| sentence("institution_other_text", &date, text));
        [holder, text].into_iter().flatten()
    });
    sentences.collect()
}

/// Returns sentences about how receipt and form are submitted, and the institution's notes. There is no receipt
/// where the user pays nothing, and no form where it was signed electronically.
pub(crate) fn submission(
    institution: &Institution,
    pays: bool,
    has_form: bool,
    catalog: &Catalog,
) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(receipt) = institution.receipt.as_ref().filter(|_| pays) {
        let mailbox = institution.unit.as_ref().and_then(|unit| unit.email.as_ref());
        let by_email = mailbox.filter(|_| receipt.channel == Channel::Email);
        if let Some(address) = by_email {
            sentences.push(catalog.text("institution_receipt_email", &[("address", address)]));
        }
        if receipt.original {
            sentences.push(catalog.text("institution_receipt_original", &[]));
        } else if by_email.is_none() {
            sentences.push(catalog.text("institution_receipt_paper", &[]));
        }
        if let Some(copies) = receipt.copies {
            sentences.push(catalog.text("institution_receipt_copies", &[("copies", &copies.to_string())]));
        }
    }
    if let Some(form) = institution.form.as_ref().filter(|_| has_form) {
        let key = if form.posted_by == Party::Person {
            "institution_form_person"
        } else {
            "institution_form_institution"
        };
        sentences.push(catalog.text(key, &[]));
        if let Some(copies) = form.copies {
            sentences.push(catalog.text("institution_form_copies", &[("copies", &copies.to_string())]));
        }
    }
    sentences.extend(institution.notes.iter().cloned());
    sentences
}

/// Returns everything that an imported profile will show besides its account, for the user to read before
/// accepting it: names and texts.
pub(crate) fn contents(institution: &Institution, catalog: &Catalog) -> Vec<(String, String)> {
    let label = |key: &str| catalog.text(key, &[]);
    let title = |id: &str| {
        let known = procedures().iter().find(|procedure| procedure.id == id);
        known.map_or_else(|| id.to_owned(), |procedure| label(&procedure.title))
    };
    let mut rows = Vec::new();
    if let Some(unit) = &institution.unit {
        rows.push((label("institution_unit"), unit.name.clone()));
        rows.extend(unit.phone.iter().map(|phone| (label("panel_unit_phone"), phone.clone())));
        rows.extend(unit.email.iter().map(|email| (label("panel_unit_email"), email.clone())));
    }
    for rule in &institution.payments {
        let person = rule.payer == Party::Person;
        let key = if person { "institution_pays_person" } else { "institution_pays_institution" };
        let roles: Vec<String> = rule.roles.iter().map(|role| label(role.title())).collect();
        let name = title(&rule.procedure);
        // Without roles a rule holds for all.
        let name = if roles.is_empty() { name } else { format!("{name} ({})", roles.join(", ")) };
        rows.push((name, label(key)));
        let description = rule.description.iter().map(ToString::to_string);
        rows.extend(description.map(|text| (label("transfer_description"), text)));
    }
    if let Some(prices) = &institution.prices {
        let day = prices.day.turkish_format();
        let row = |(product, amount): (&eimza_payment::Product, &eimza_payment::Amount)| {
            (label(product.title()), format!("{amount} ({day})"))
        };
        rows.extend(prices.items.iter().map(row));
    }
    for (id, edition) in &institution.editions {
        let known = procedures().iter().find(|procedure| procedure.id == *id);
        let edition = known.and_then(|procedure| procedure.edition(edition));
        rows.extend(edition.map(|edition| (title(id), label(&edition.title))));
    }
    rows.extend(institution.links.iter().map(|link| (link.text.clone(), link.address.clone())));
    let accounts = institution.account.iter().flat_map(|account| conflicts(account, catalog));
    let sentences = accounts.chain(submission(institution, true, true, catalog));
    rows.extend(sentences.map(|sentence| (label("institution_note"), sentence)));
    rows
}

/// Returns the line about the profile's sources: "Kaynak: …. Son kontrol: 25.11.2026". An imported profile names
/// its sources itself; they are not looked up among the known sources, even if one has that id.
pub(crate) fn source_line_of(chosen: ActiveInstitution<'_>, catalog: &Catalog) -> String {
    let Institution { sources, checked, .. } = chosen.institution;
    match chosen.origin {
        Origin::BuiltIn => source_line(catalog, sources, &checked.to_string()),
        Origin::File | Origin::Policy => catalog
            .text("panel_source", &[("sources", &sources.join("; ")), ("date", &checked.turkish_format())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_protocol::Lang;

    fn shown(rest: &str) -> Vec<(String, String)> {
        let text = format!(
            r#"{{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01",
            "unit": {{"name": "Birim", "email": "birim@ornek.example"}}, {rest}}}"#
        );
        contents(&Institution::read(&text).unwrap(), Catalog::of(Lang::Tr))
    }

    #[test]
    fn shows_for_whom_a_payment_rule_holds() {
        let name = |roles: &str| {
            let rows = shown(&format!(
                r#""payments": [{{"procedure": "renewal", "roles": {roles}, "payer": "person"}}]"#
            ));
            rows.into_iter().find(|(_, text)| text == "Ödeyen: siz").unwrap().0
        };
        assert_eq!(name(r#"["other-staff"]"#), "Yenileme (Aile hekimliği dışındaki personel)");
        assert_eq!(
            name(r#"["family-physician", "other-staff"]"#),
            "Yenileme (Aile hekimi, Aile hekimliği dışındaki personel)"
        );
        assert_eq!(name("[]"), "Yenileme", "it holds for all");
    }

    #[test]
    fn shows_that_the_original_receipt_is_required_in_either_channel() {
        let has = |receipt: &str, sentence: &str| {
            let rows = shown(&format!(r#""receipt": {receipt}"#));
            rows.iter().any(|(_, text)| text.starts_with(sentence))
        };
        let (email, original, paper) =
            ("Dekont e-postayla gönderilir: birim@ornek.example", "Dekontun aslını verin.", "Dekont kâğıt");
        assert!(has(r#"{"channel": "email", "original": true}"#, email));
        assert!(has(r#"{"channel": "email", "original": true}"#, original));
        assert!(has(r#"{"channel": "paper", "original": true}"#, original));
        assert!(has(r#"{"channel": "paper"}"#, paper));
        assert!(!has(r#"{"channel": "email"}"#, original));
        assert!(!has(r#"{"channel": "email"}"#, paper));
        assert!(!has(r#"{"channel": "paper", "original": true}"#, paper));
    }

    #[test]
    fn the_form_is_named_only_where_there_is_one() {
        let institution = eimza_guide::institutions().iter().find(|known| known.form.is_some()).unwrap();
        let sentences = |has_form| submission(institution, true, has_form, Catalog::of(Lang::Tr)).concat();
        assert!(sentences(true).contains("Form") && !sentences(false).contains("Form"));
    }
}
