//! Reading a profile: everything is checked before anything of it is taken.

use super::line::line_of;
use super::{Channel, FaultReason, Institution, ProfileFault};
use crate::host::host_of;
use crate::procedure::procedure;
use eimza_payment::{Bank, bank_named};
use email_address::EmailAddress;
use serde_json::Value;

/// In bytes; a profile with everything in it has about four thousand.
const MAX_SIZE: usize = 64 * 1024;
/// A text's length in letters.
const MAX_TEXT: usize = 500;
const MAX_ID: usize = 40;
const FORMAT: u32 = 1;

type Path = Vec<String>;
/// Where something is wrong, and what.
type Fault = (Path, FaultReason);

impl Institution {
    /// Reads a profile.
    ///
    /// # Errors
    /// With the line and the reason of the first thing that is wrong.
    pub fn read(text: &str) -> Result<Self, ProfileFault> {
        if text.len() > MAX_SIZE {
            return Err(ProfileFault { line: 1, reason: FaultReason::TooLarge });
        }
        // A byte order mark, as some editors write it.
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|error| fault_of(&error))?;
        let institution: Self = serde_json::from_str(text).map_err(|error| fault_of(&error))?;
        match texts(&value, &mut Vec::new()).and_then(|()| institution.check()) {
            Ok(()) => Ok(institution),
            Err((path, reason)) => Err(ProfileFault { line: line_of(text, &path), reason }),
        }
    }

    fn check(&self) -> Result<(), Fault> {
        if self.format != FORMAT {
            return Err((path(&["format"]), FaultReason::Format(self.format)));
        }
        let is_id = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.id.len() > MAX_ID || !self.id.chars().all(is_id) {
            return Err((path(&["id"]), FaultReason::Id(self.id.clone())));
        }
        if self.sources.is_empty() {
            return Err((path(&["sources"]), FaultReason::Empty("sources".to_owned())));
        }
        self.check_account()?;
        self.check_payments()?;
        self.check_papers()?;
        self.check_editions()?;
        for (index, link) in self.links.iter().enumerate() {
            if host_of(&link.address).is_none() {
                let at = path(&["links", &index.to_string(), "address"]);
                return Err((at, FaultReason::ForeignLink(link.address.clone())));
            }
        }
        Ok(())
    }

    fn check_account(&self) -> Result<(), Fault> {
        let Some(account) = &self.account else { return Ok(()) };
        match (Bank::of(&account.iban), bank_named(&account.bank)) {
            (Some(holds), Some(named)) if holds != named => {
                let reason = FaultReason::Bank {
                    code: account.iban.bank_code().to_owned(),
                    holds: holds.name.clone(),
                    named: account.bank.clone(),
                };
                Err((path(&["account", "bank"]), reason))
            }
            _ => Ok(()),
        }
    }

    fn check_payments(&self) -> Result<(), Fault> {
        for (index, rule) in self.payments.iter().enumerate() {
            let at = || path(&["payments", &index.to_string(), "procedure"]);
            if procedure(&rule.procedure).is_none_or(|known| known.payers.is_empty()) {
                return Err((at(), FaultReason::Procedure(rule.procedure.clone())));
            }
            let same_people = |other: &&super::PaymentRule| {
                let all = other.roles.is_empty() || rule.roles.is_empty();
                other.procedure == rule.procedure
                    && (all || other.roles.iter().any(|role| rule.roles.contains(role)))
            };
            if self.payments[..index].iter().any(|other| same_people(&other)) {
                return Err((at(), FaultReason::PaymentTwice(rule.procedure.clone())));
            }
        }
        Ok(())
    }

    fn check_papers(&self) -> Result<(), Fault> {
        let mailbox = self.unit.as_ref().and_then(|unit| unit.email.as_ref());
        if let Some(address) = mailbox.filter(|address| !EmailAddress::is_valid(address)) {
            return Err((path(&["unit", "email"]), FaultReason::Email(address.clone())));
        }
        if mailbox.is_none() && self.receipt.as_ref().is_some_and(|receipt| receipt.channel == Channel::Email)
        {
            return Err((path(&["receipt", "channel"]), FaultReason::NoMailbox));
        }
        let of_receipt = self.receipt.as_ref().and_then(|receipt| receipt.copies);
        let of_form = self.form.as_ref().and_then(|form| form.copies);
        for (key, copies) in [("receipt", of_receipt), ("form", of_form)] {
            if let Some(copies) = copies.filter(|copies| !(1..10).contains(copies)) {
                return Err((path(&[key, "copies"]), FaultReason::Copies(copies)));
            }
        }
        Ok(())
    }

    fn check_editions(&self) -> Result<(), Fault> {
        for (id, edition) in &self.editions {
            let at = || path(&["editions", id]);
            let Some(procedure) = procedure(id) else {
                return Err((at(), FaultReason::Procedure(id.clone())));
            };
            if procedure.edition(edition).is_none() {
                return Err((at(), FaultReason::Edition(edition.clone())));
            }
        }
        Ok(())
    }
}

fn path(steps: &[&str]) -> Path {
    steps.iter().map(|&step| step.to_owned()).collect()
}

/// Every text of a profile is one that can be shown as it is, and leads nowhere else.
fn texts(value: &Value, at: &mut Path) -> Result<(), Fault> {
    match value {
        Value::String(text) => text_fault(text, at).map_or(Ok(()), |reason| Err((at.clone(), reason))),
        Value::Array(entries) => entries.iter().enumerate().try_for_each(|(index, entry)| {
            at.push(index.to_string());
            texts(entry, at)?;
            at.pop();
            Ok(())
        }),
        Value::Object(entries) => {
            entries.iter().filter(|(key, _)| *key != "$schema").try_for_each(|(key, entry)| {
                at.push(key.clone());
                texts(entry, at)?;
                at.pop();
                Ok(())
            })
        }
        _ => Ok(()),
    }
}

fn text_fault(text: &str, at: &Path) -> Option<FaultReason> {
    let key = || at.iter().rev().find(|step| step.parse::<usize>().is_err()).cloned().unwrap_or_default();
    if text.trim().is_empty() {
        return Some(FaultReason::Empty(key()));
    }
    if text.chars().count() > MAX_TEXT {
        return Some(FaultReason::TooLong(key()));
    }
    if text.chars().any(is_unshowable) {
        return Some(FaultReason::Unshowable(key()));
    }
    text.split_whitespace().find_map(foreign_link)
}

/// Control characters, and those that change the direction of the text around them or cannot be seen.
fn is_unshowable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A word that people would take for an address of another host.
fn foreign_link(word: &str) -> Option<FaultReason> {
    let word = word.trim_matches(|end: char| "()[]<>“”\"',;.".contains(end));
    let lower = word.to_ascii_lowercase();
    let address = match lower.find("://") {
        Some(at) => {
            let before = lower[..at].char_indices().rev().find(|(_, letter)| !letter.is_ascii_alphanumeric());
            lower[before.map_or(0, |(end, letter)| end + letter.len_utf8())..].to_owned()
        }
        None => format!("https://{}", &lower[lower.find("www.")?..]),
    };
    host_of(&address).is_none().then(|| FaultReason::ForeignLink(word.to_owned()))
}

/// The parser's fault in our words.
fn fault_of(error: &serde_json::Error) -> ProfileFault {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(words, _)| words);
    let key = || said.split('`').nth(1).unwrap_or_default().to_owned();
    let reason = match said {
        "iban-characters" => FaultReason::IbanCharacters,
        "iban-country" => FaultReason::IbanCountry,
        "iban-length" => FaultReason::IbanLength,
        "iban-checksum" => FaultReason::IbanChecksum,
        "template-brace" => FaultReason::TemplateBrace,
        "template-place" => FaultReason::TemplatePlace,
        "amount" => FaultReason::Amount,
        "day" => FaultReason::Day,
        _ if said.starts_with("unknown field") => FaultReason::UnknownKey(key()),
        _ if said.starts_with("missing field") => FaultReason::MissingKey(key()),
        _ if said.starts_with("duplicate field") => FaultReason::KeyTwice(key()),
        _ if error.is_data() => FaultReason::Value(said.to_owned()),
        _ => FaultReason::NotJson(said.to_owned()),
    };
    ProfileFault { line: error.line().max(1), reason }
}
