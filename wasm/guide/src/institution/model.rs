//! The format of a profile. Its schema is generated from these types.

use super::unique_keys;
use crate::user_context::Role;
use eimza_payment::{Amount, Day, Iban, Product, Template};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A profile of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Institution {
    /// Where an editor finds this format's schema; means nothing else.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The format's number: 1.
    pub format: u32,
    /// A short name of small letters, digits and hyphens, such as `mersin`.
    pub id: String,
    /// The institution's name, as it writes it.
    pub name: String,
    /// The unit that takes the papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The account that those pay to who pay the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// Who pays in which procedure, and what the transfer has to say. What is not written here is as for
    /// everybody: family physicians pay for a first application and a renewal, others pay nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<PaymentRule>,
    /// How the receipt is handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// What becomes of the printed form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<PaperForm>,
    /// What things cost, where the institution tells its people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<PriceNotice>,
    /// Procedures in which an edition other than the newest holds: ids of both.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_keys::map")]
    pub editions: BTreeMap<String, String>,
    /// Pages of Kamu SM that the institution wants its people to find. No other host is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What else there is to know, in the institution's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where all this is written: the name of a guide or a letter.
    pub sources: Vec<String>,
    /// The day that somebody compared it with the sources.
    pub checked: Day,
}

/// The unit that takes the papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its telephone number, with an extension where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its mailbox; a person's own does not belong here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A bank account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// The bank's name. It must be the bank whose code stands in the IBAN.
    pub bank: String,
    /// Whose account it is, as the bank wants it typed.
    pub holder: String,
    /// With or without spaces.
    pub iban: Iban,
    /// Other guides that say otherwise: the user is told to ask before paying.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What another guide says of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// That guide's day.
    pub date: Day,
    /// The holder that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The description that it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Who pays in a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaymentRule {
    /// The procedure's id: one in which money goes to the institution.
    pub procedure: String,
    /// Whom it is about; everybody where it is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Who pays.
    pub payer: Party,
    /// What the transfer has to say, with `{ad}`, `{soyad}` and `{tc}` where name, surname and number go.
    /// `{Ad}` writes the name with a capital, `{AD}` in capitals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Template>,
}

/// A person, or the institution for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Party {
    /// The applicant.
    Person,
    /// The institution.
    Institution,
}

/// How the receipt is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// On which way.
    pub channel: Channel,
    /// Whether it has to be the original.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub original: bool,
    /// In how many copies; 1 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u8>,
}

/// A way to hand something in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Channel {
    /// On paper, with the form.
    Paper,
    /// To the unit's mailbox, which then must be named.
    Email,
}

/// What becomes of the printed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperForm {
    /// Who sends it to Kamu SM.
    pub posted_by: Party,
    /// In how many copies it is wanted; 1 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u8>,
}

/// Prices as the institution tells them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriceNotice {
    /// The day on which they were so.
    pub day: Day,
    /// With tax: `"nes-3": "780,00"`.
    #[serde(deserialize_with = "unique_keys::map")]
    pub items: BTreeMap<Product, Amount>,
}

/// A link to a known page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The words on it.
    pub text: String,
    /// Where it leads.
    pub address: String,
}

impl Institution {
    /// What is laid down about paying in a procedure, by somebody.
    #[must_use]
    pub fn payment(&self, procedure: &str, role: Option<Role>) -> Option<&PaymentRule> {
        let about = |rule: &&PaymentRule| {
            rule.procedure == procedure
                && (rule.roles.is_empty() || role.is_some_and(|role| rule.roles.contains(&role)))
        };
        self.payments.iter().find(about)
    }
}
