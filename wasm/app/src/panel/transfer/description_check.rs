//! Checks what the user entered for the transfer, and describes what is missing.

use super::state::{Field, Transfer};
use eimza_guide::{IDENTITY_LENGTH, IdentityFault, identity};
use eimza_i18n::Catalog;
use eimza_payment::{Missing, Template};

/// Returns what the description lacks, one text each.
pub(super) fn problems(template: &Template, transfer: &Transfer, catalog: &Catalog) -> Vec<String> {
    let missing_text = |missing: &Missing| match missing {
        Missing::Name => catalog.text("transfer_name", &[]),
        Missing::Surname => catalog.text("transfer_surname", &[]),
        Missing::Number => catalog.text("transfer_number", &[]),
        Missing::Words(phrase) => format!("“{phrase}”"),
        Missing::OtherNumber(number) => catalog.text("transfer_other_number", &[("number", number)]),
    };
    let missing = transfer.missing(template);
    let mut problems: Vec<String> = missing.iter().map(missing_text).collect();
    match number_problem(transfer) {
        Some((key, args)) => problems.push(catalog.text_with(key, &args)),
        // A number that is still being typed counts as missing.
        None if identity(&transfer.payer.number).is_err() && !missing.contains(&Missing::Number) => {
            problems.push(missing_text(&Missing::Number));
        }
        None => {}
    }
    problems
}

/// Returns what is wrong with the payer's T.C. kimlik number, as a key with arguments. An empty number is not wrong, and while
/// it is typed neither is one that is too short.
pub(super) fn number_problem(transfer: &Transfer) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let number = transfer.payer.number.trim();
    let fault = identity(number).err().filter(|_| !number.is_empty())?;
    let is_typed = transfer.typing == Some(Field::Number);
    let is_unfinished =
        is_typed && matches!(fault, IdentityFault::Length(length) if length < IDENTITY_LENGTH);
    (!is_unfinished).then(|| fault.sentence())
}
