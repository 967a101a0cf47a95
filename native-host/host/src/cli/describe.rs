//! Formats a status as text.

use crate::clean_output::display;
use eimza_i18n::Catalog;
use eimza_protocol::{CardStatus, CodeState, CodesFrom, Problem, Status};
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns a paragraph for each reader.
pub(super) fn describe_status(status: &Status, catalog: &Catalog) -> String {
    let paragraphs = status.readers.iter().map(|reader| match (&reader.card, &reader.error) {
        (Some(card), _) => format!("{}\n{}", reader.name, describe_card(card, catalog)),
        (None, Some(error)) => format!("{}\n{}", reader.name, describe_problem(error, catalog)),
        (None, None) => reader.name.clone(),
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Returns what happened and the remedy, each on a line.
pub(super) fn describe_problem(problem: &Problem, catalog: &Catalog) -> String {
    catalog.explain(&display(problem.clone())).join("\n")
}

fn describe_card(card: &CardStatus, catalog: &Catalog) -> String {
    let mut lines = vec![card.family.clone()];
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    for certificate in &card.certificates {
        lines.push(certificate.holder.clone());
        for (name, value) in [("panel_issuer", &certificate.issuer), ("panel_serial", &certificate.serial)] {
            lines.push(format!("{}: {value}", catalog.text(name, &[])));
        }
        let (key, arguments) = certificate.validity(now).message();
        lines.push(catalog.text_with(key, &arguments));
    }
    lines.extend([
        format!("PIN: {}", describe_code(card.pin, catalog)),
        format!("PUK: {}", describe_code(card.puk, catalog)),
    ]);
    if card.codes_from == CodesFrom::Assumption {
        lines.push(catalog.text("card_codes_assumed", &[]));
    }
    lines.extend(card.route.map(|route| catalog.text(route.message_key(), &[])));
    lines.join("\n")
}

fn describe_code(state: CodeState, catalog: &Catalog) -> String {
    match state {
        CodeState::Usable { tries: Some(left) } => {
            catalog.text("code_tries", &[("tries", &left.to_string())])
        }
        CodeState::Usable { tries: None } => catalog.text("code_usable", &[]),
        CodeState::Blocked => catalog.text("code_blocked", &[]),
        CodeState::Unknown => catalog.text("code_unknown", &[]),
    }
}
