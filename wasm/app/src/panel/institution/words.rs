//! What a profile says, in sentences: the same in the panel, on the list and on the transfer's sheet.

use crate::panel::guide::steps::origin;
use eimza_guide::{Account, ActiveInstitution, Channel, Institution, Origin, Party};
use eimza_i18n::Catalog;

/// Where the profile comes from; nothing for one that came with the product.
pub(crate) fn mark(chosen: ActiveInstitution<'_>, words: &Catalog) -> Option<String> {
    match chosen.origin {
        Origin::BuiltIn => None,
        Origin::File => Some(words.text("institution_from_file", &[])),
        Origin::Policy => Some(words.text("institution_from_policy", &[])),
    }
}

/// What to ask about before paying.
pub(crate) fn conflicts(account: &Account, words: &Catalog) -> Vec<String> {
    let say = |key, date: &str, other: &str| words.text(key, &[("date", date), ("other", other)]);
    let said = account.conflicts.iter().flat_map(|conflict| {
        let date = conflict.date.turkish_format();
        let holder = conflict.holder.as_ref().map(|holder| say("institution_other_holder", &date, holder));
        let text = conflict.description.as_ref().map(|text| say("institution_other_text", &date, text));
        [holder, text].into_iter().flatten()
    });
    said.collect()
}

/// How receipt and form are handed in, and what else the institution says.
pub(crate) fn papers(institution: &Institution, words: &Catalog) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(receipt) = &institution.receipt {
        said.push(match (receipt.channel, institution.unit.as_ref().and_then(|unit| unit.email.as_ref())) {
            (Channel::Email, Some(address)) => {
                words.text("institution_receipt_email", &[("address", address)])
            }
            _ if receipt.original => words.text("institution_receipt_original", &[]),
            _ => words.text("institution_receipt_paper", &[]),
        });
        if let Some(copies) = receipt.copies {
            said.push(words.text("institution_receipt_copies", &[("copies", &copies.to_string())]));
        }
    }
    if let Some(form) = &institution.form {
        let key = if form.posted_by == Party::Person {
            "institution_form_person"
        } else {
            "institution_form_institution"
        };
        said.push(words.text(key, &[]));
        if let Some(copies) = form.copies {
            said.push(words.text("institution_form_copies", &[("copies", &copies.to_string())]));
        }
    }
    said.extend(institution.notes.iter().cloned());
    said
}

/// "Kaynak: …. Denetim: 25.11.2026". What a profile from elsewhere calls its source is its own word, also where we have one
/// of that name.
pub(crate) fn sources(chosen: ActiveInstitution<'_>, words: &Catalog) -> String {
    let Institution { sources, checked, .. } = chosen.institution;
    match chosen.origin {
        Origin::BuiltIn => origin(words, sources, &checked.to_string()),
        Origin::File | Origin::Policy => words
            .text("panel_source", &[("sources", &sources.join("; ")), ("date", &checked.turkish_format())]),
    }
}
