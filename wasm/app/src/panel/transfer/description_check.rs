//! Checks what the user entered for the transfer, and describes what is missing.

use super::state::{Field, Transfer};
use eimza_guide::{IDENTITY_NUMBER_LENGTH, IdentityNumberError, validate_identity_number};
use eimza_i18n::Catalog;
use eimza_payment::{DescriptionIssue, Template};

/// Returns what the description lacks, one text each.
pub(super) fn problems(template: &Template, transfer: &Transfer, catalog: &Catalog) -> Vec<String> {
    let missing_text = |missing: &DescriptionIssue| match missing {
        DescriptionIssue::MissingName => catalog.text("transfer_name", &[]),
        DescriptionIssue::MissingSurname => catalog.text("transfer_surname", &[]),
        DescriptionIssue::MissingNumber => catalog.text("transfer_number", &[]),
        DescriptionIssue::MissingPhrase(phrase) => format!("“{phrase}”"),
        DescriptionIssue::UnexpectedNumber(number) => {
            catalog.text("transfer_other_number", &[("number", number)])
        }
    };
    let missing = transfer.description_issues(template);
    let mut problems: Vec<String> = missing.iter().map(missing_text).collect();
    match number_problem(transfer) {
        Some((key, args)) => problems.push(catalog.text_with(key, &args)),
        // A number that is still being typed counts as missing.
        None if validate_identity_number(&transfer.payer.number).is_err()
            && !missing.contains(&DescriptionIssue::MissingNumber) =>
        {
            problems.push(missing_text(&DescriptionIssue::MissingNumber));
        }
        None => {}
    }
    problems
}

/// Returns what is wrong with the payer's T.C. kimlik number, as a key with arguments. An empty number is not
/// wrong, and while it is typed neither is one that is too short.
pub(super) fn number_problem(transfer: &Transfer) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let number = transfer.payer.number.trim();
    let error = validate_identity_number(number).err().filter(|_| !number.is_empty())?;
    let is_typed = transfer.typing == Some(Field::Number);
    let is_unfinished =
        is_typed && matches!(error, IdentityNumberError::Length(length) if length < IDENTITY_NUMBER_LENGTH);
    (!is_unfinished).then(|| error.message())
}
