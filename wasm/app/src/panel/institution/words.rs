//! What a profile says, in sentences: the same in the panel, on the list and on the transfer's sheet.

use crate::panel::guide::steps::origin;
use eimza_guide::{Account, Channel, Chosen, Institution, Origin, Who};
use eimza_words::Words;

/// Where the profile comes from; nothing for one that came with the product.
pub(crate) fn mark(chosen: Chosen<'_>, words: &Words) -> Option<String> {
    match chosen.origin {
        Origin::BuiltIn => None,
        Origin::File => Some(words.say("institution_from_file", &[])),
        Origin::Policy => Some(words.say("institution_from_policy", &[])),
    }
}

/// What to ask about before paying.
pub(crate) fn conflicts(account: &Account, words: &Words) -> Vec<String> {
    let say = |key, date: &str, other: &str| words.say(key, &[("date", date), ("other", other)]);
    let said = account.conflicts.iter().flat_map(|conflict| {
        let date = conflict.date.written();
        let holder = conflict.holder.as_ref().map(|holder| say("institution_other_holder", &date, holder));
        let text = conflict.description.as_ref().map(|text| say("institution_other_text", &date, text));
        [holder, text].into_iter().flatten()
    });
    said.collect()
}

/// How receipt and form are handed in, and what else the institution says.
pub(crate) fn papers(institution: &Institution, words: &Words) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(receipt) = &institution.receipt {
        said.push(match (receipt.channel, institution.unit.as_ref().and_then(|unit| unit.email.as_ref())) {
            (Channel::Email, Some(address)) => {
                words.say("institution_receipt_email", &[("address", address)])
            }
            _ if receipt.original => words.say("institution_receipt_original", &[]),
            _ => words.say("institution_receipt_paper", &[]),
        });
        if let Some(copies) = receipt.copies {
            said.push(words.say("institution_receipt_copies", &[("copies", &copies.to_string())]));
        }
    }
    if let Some(form) = &institution.form {
        let key = if form.posted_by == Who::Person {
            "institution_form_person"
        } else {
            "institution_form_institution"
        };
        said.push(words.say(key, &[]));
        if let Some(copies) = form.copies {
            said.push(words.say("institution_form_copies", &[("copies", &copies.to_string())]));
        }
    }
    said.extend(institution.notes.iter().cloned());
    said
}

/// "Kaynak: …. Denetim: 25.11.2026". What a profile from elsewhere calls its source is its own word, also where we have one
/// of that name.
pub(crate) fn sources(chosen: Chosen<'_>, words: &Words) -> String {
    let Institution { sources, checked, .. } = chosen.institution;
    match chosen.origin {
        Origin::BuiltIn => origin(words, sources, &checked.to_string()),
        Origin::File | Origin::Policy => {
            words.say("panel_source", &[("sources", &sources.join("; ")), ("date", &checked.written())])
        }
    }
}
