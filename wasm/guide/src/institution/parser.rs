//! Parsing a profile. It is validated completely before any of it is used.

use super::account_in_text::{has_account, has_spread_account};
use super::codes_in_text::mentions_code;
use super::error::{ProfileError, ProfileErrorKind};
use super::hosts_in_text::foreign_address;
use super::json_line::line_of;
use super::look_alike::look_alike;
use super::model::{Channel, Institution, PaymentRule};
use crate::check::is_mailbox;
use crate::hosts::host_of;
use crate::procedure::procedure;
use eimza_payment::{Bank, banks_in_text};
use eimza_turkish::is_invisible;
use serde_json::Value;

/// The maximum size of a file in bytes; a profile that uses every key has about four thousand.
const MAX_SIZE: usize = 64 * 1024;
/// The maximum length of a text in characters.
const MAX_TEXT: usize = 500;
/// The maximum length of a name, which must be visible as a whole.
const MAX_NAME: usize = 120;
const MAX_ID: usize = 40;
const FORMAT: u32 = 1;

type Path = Vec<String>;
/// An error and the path of its value.
type PathError = (Path, ProfileErrorKind);

impl Institution {
    /// Parses and validates a profile.
    ///
    /// # Errors
    /// The first error, with its line.
    pub fn read(text: &str) -> Result<Self, ProfileError> {
        if text.len() > MAX_SIZE {
            return Err(ProfileError { line: 1, kind: ProfileErrorKind::TooLarge });
        }
        // A byte order mark, as some editors write it.
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|error| from_json_error(&error))?;
        let institution: Self = serde_json::from_str(text).map_err(|error| from_json_error(&error))?;
        let checked = check_objects(&value)
            .and_then(|()| check_texts(&value, &mut Vec::new()))
            .and_then(|()| institution.check());
        match checked {
            Ok(()) => Ok(institution),
            Err((path, kind)) => Err(ProfileError { line: line_of(text, &path), kind }),
        }
    }

    fn check(&self) -> Result<(), PathError> {
        if self.format != FORMAT {
            return Err((path(&["format"]), ProfileErrorKind::Format(self.format)));
        }
        let is_id = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.id.len() > MAX_ID || !self.id.chars().all(is_id) {
            return Err((path(&["id"]), ProfileErrorKind::Id(self.id.clone())));
        }
        if self.sources.is_empty() {
            return Err((path(&["sources"]), ProfileErrorKind::Empty("sources".to_owned())));
        }
        self.check_account()?;
        self.check_payments()?;
        self.check_documents()?;
        self.check_editions()?;
        let zero_price =
            self.prices.iter().flat_map(|prices| &prices.items).find(|(_, amount)| amount.is_zero());
        if let Some((product, _)) = zero_price {
            return Err((path(&["prices", "items", product.id()]), ProfileErrorKind::Amount));
        }
        for (index, link) in self.links.iter().enumerate() {
            // What is downloaded over plain http cannot be trusted.
            let is_plain = !link.address.starts_with("https://");
            if is_plain || host_of(&link.address).is_none_or(|host| host.link_only) {
                let at = path(&["links", &index.to_string(), "address"]);
                return Err((at, ProfileErrorKind::ForeignLink(link.address.clone())));
            }
        }
        Ok(())
    }

    fn check_account(&self) -> Result<(), PathError> {
        let Some(account) = &self.account else { return Ok(()) };
        let named_banks = banks_in_text(&account.bank);
        if named_banks.is_empty() {
            return Err((path(&["account", "bank"]), ProfileErrorKind::UnknownBank(account.bank.clone())));
        }
        let other = named_banks.iter().find(|bank| bank.code != account.iban.bank_code());
        let Some(first) = other else { return Ok(()) };
        let kind = ProfileErrorKind::BankMismatch {
            code: account.iban.bank_code().to_owned(),
            // The code may be that of a bank that is not listed.
            holds: Bank::of(&account.iban).map_or("?", |bank| &bank.name).to_owned(),
            named: account.bank.clone(),
            own: first.code.clone(),
        };
        Err((path(&["account", "bank"]), kind))
    }

    fn check_payments(&self) -> Result<(), PathError> {
        for (index, rule) in self.payments.iter().enumerate() {
            let at = || path(&["payments", &index.to_string(), "procedure"]);
            if procedure(&rule.procedure).is_none_or(|known| known.payers.is_empty()) {
                return Err((at(), ProfileErrorKind::Procedure(rule.procedure.clone())));
            }
            let overlaps = |other: &&PaymentRule| {
                let all = other.roles.is_empty() || rule.roles.is_empty();
                other.procedure == rule.procedure
                    && (all || other.roles.iter().any(|role| rule.roles.contains(role)))
            };
            if self.payments[..index].iter().any(|other| overlaps(&other)) {
                return Err((at(), ProfileErrorKind::DuplicatePayment(rule.procedure.clone())));
            }
        }
        Ok(())
    }

    fn check_documents(&self) -> Result<(), PathError> {
        let mailbox = self.unit.as_ref().and_then(|unit| unit.email.as_ref());
        if let Some(address) = mailbox.filter(|address| !is_mailbox(address)) {
            return Err((path(&["unit", "email"]), ProfileErrorKind::Email(address.clone())));
        }
        if mailbox.is_none() && self.receipt.as_ref().is_some_and(|receipt| receipt.channel == Channel::Email)
        {
            return Err((path(&["receipt", "channel"]), ProfileErrorKind::NoMailbox));
        }
        let receipt_copies = self.receipt.as_ref().and_then(|receipt| receipt.copies);
        let form_copies = self.form.as_ref().and_then(|form| form.copies);
        for (key, copies) in [("receipt", receipt_copies), ("form", form_copies)] {
            if let Some(copies) = copies.filter(|copies| !(1..10).contains(copies)) {
                return Err((path(&[key, "copies"]), ProfileErrorKind::CopyCount(copies)));
            }
        }
        Ok(())
    }

    fn check_editions(&self) -> Result<(), PathError> {
        for (id, edition) in &self.editions {
            let at = || path(&["editions", id]);
            let Some(procedure) = procedure(id) else {
                return Err((at(), ProfileErrorKind::Procedure(id.clone())));
            };
            if procedure.edition(edition).is_none() {
                return Err((at(), ProfileErrorKind::Edition(edition.clone())));
            }
        }
        Ok(())
    }
}

fn path(steps: &[&str]) -> Path {
    steps.iter().map(|&step| step.to_owned()).collect()
}

/// Validates every text of a profile: it must be displayed as it is, and contain no unknown host.
fn check_texts(value: &Value, at: &mut Path) -> Result<(), PathError> {
    match value {
        Value::String(text) => text_error(text, at).map_or(Ok(()), |kind| Err((at.clone(), kind))),
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                at.push(index.to_string());
                check_texts(entry, at)?;
                at.pop();
            }
            check_spread_account(entries.iter().filter_map(Value::as_str), at)
        }
        Value::Object(entries) => {
            entries.iter().filter(|(key, _)| *key != "$schema").try_for_each(|(key, entry)| {
                at.push(key.clone());
                check_texts(entry, at)?;
                at.pop();
                Ok(())
            })?;
            // Addresses and the account have their own rules.
            let is_text = |key: &str| !["$schema", "iban", "email", "address"].contains(&key);
            let texts = entries.iter().filter(|(key, _)| is_text(key));
            check_spread_account(texts.filter_map(|(_, entry)| entry.as_str()), at)
        }
        _ => Ok(()),
    }
}

/// Validates that no account number is spread over the texts of a list or an object.
fn check_spread_account<'a>(texts: impl Iterator<Item = &'a str>, at: &Path) -> Result<(), PathError> {
    if has_spread_account(&texts.collect::<Vec<_>>()) {
        let key = at.last().cloned().unwrap_or_default();
        return Err((at.clone(), ProfileErrorKind::AccountInText(key)));
    }
    Ok(())
}

fn text_error(text: &str, at: &Path) -> Option<ProfileErrorKind> {
    let key = || at.iter().rev().find(|step| step.parse::<usize>().is_err()).cloned().unwrap_or_default();
    let longest =
        if ["name", "holder", "bank", "text"].contains(&key().as_str()) { MAX_NAME } else { MAX_TEXT };
    if text.trim().is_empty() {
        return Some(ProfileErrorKind::Empty(key()));
    }
    if text.chars().count() > longest {
        return Some(ProfileErrorKind::TooLong(key()));
    }
    if text.chars().any(is_hidden) {
        return Some(ProfileErrorKind::HiddenCharacters(key()));
    }
    if let Some(letter) = look_alike(text) {
        return Some(ProfileErrorKind::LookAlike { key: key(), letter });
    }
    if key() != "iban" && has_account(text) {
        return Some(ProfileErrorKind::AccountInText(key()));
    }
    if mentions_code(text) {
        return Some(ProfileErrorKind::CodeInText(key()));
    }
    // Links and e-mail addresses have their own rules.
    let has_rule = ["address", "email"].contains(&key().as_str());
    foreign_address(text).filter(|_| !has_rule).map(ProfileErrorKind::ForeignLink)
}

/// Returns whether a character changes how a text is displayed: a control character, white space other than a
/// space, an invisible character, or the replacement character.
fn is_hidden(letter: char) -> bool {
    let is_blank = letter.is_whitespace() && letter != ' ';
    letter.is_control() || is_blank || is_invisible(letter) || letter == char::REPLACEMENT_CHARACTER
}

/// Requires objects where the format has them; serde would accept an array of values, too.
fn check_objects(value: &Value) -> Result<(), PathError> {
    const PARTS: [&str; 5] = ["unit", "account", "receipt", "form", "prices"];
    const LISTS: [&[&str]; 3] = [&["payments"], &["links"], &["account", "conflicts"]];
    let error =
        |at: Path| Err((at.clone(), ProfileErrorKind::NotObject(at.last().cloned().unwrap_or_default())));
    if !value.is_object() {
        return error(path(&["{}"]));
    }
    for part in PARTS {
        if value.get(part).is_some_and(|part| !part.is_object()) {
            return error(path(&[part]));
        }
    }
    for list in LISTS {
        let entries = list.iter().try_fold(value, |value, step| value.get(step));
        if entries.and_then(Value::as_array).is_some_and(|entries| !entries.iter().all(Value::is_object)) {
            return error(path(list));
        }
    }
    Ok(())
}

/// Converts an error of the JSON parser.
fn from_json_error(error: &serde_json::Error) -> ProfileError {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let key = || message.split('`').nth(1).unwrap_or_default().to_owned();
    let kind = match message {
        "iban-characters" => ProfileErrorKind::IbanCharacters,
        "iban-country" => ProfileErrorKind::IbanCountry,
        "iban-length" => ProfileErrorKind::IbanLength,
        "iban-checksum" => ProfileErrorKind::IbanChecksum,
        "template-brace" => ProfileErrorKind::TemplateBrace,
        "template-place" => ProfileErrorKind::TemplatePlaceholder,
        "template-glued" => ProfileErrorKind::TemplateAdjacent,
        "amount" => ProfileErrorKind::Amount,
        "day" => ProfileErrorKind::Day,
        _ if message.starts_with("unknown field") => ProfileErrorKind::UnknownKey(key()),
        _ if message.starts_with("missing field") => ProfileErrorKind::MissingKey(key()),
        _ if message.starts_with("duplicate field") => ProfileErrorKind::DuplicateKey(key()),
        _ if message.starts_with("unknown variant") => ProfileErrorKind::UnknownValue(key()),
        _ if error.is_data() => ProfileErrorKind::WrongType(message.to_owned()),
        _ => ProfileErrorKind::NotJson(message.to_owned()),
    };
    ProfileError { line: error.line().max(1), kind }
}
