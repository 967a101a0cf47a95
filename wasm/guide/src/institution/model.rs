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
    /// The schema's location, for editors; otherwise ignored.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The version of the format: 1.
    pub format: u32,
    /// A short name of lower-case letters, digits and hyphens, such as `mersin`.
    pub id: String,
    /// The institution's name, as the institution spells it.
    pub name: String,
    /// The unit that accepts the documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The account for payments to the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// Who pays in which procedure, and the description of the transfer. The default: family physicians pay
    /// for a first application and a renewal, others pay nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<PaymentRule>,
    /// How the receipt is submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// How the printed form is submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<PaperForm>,
    /// Prices that the institution announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<PriceNotice>,
    /// Procedures for which an edition other than the newest applies: procedure ids with edition ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique_keys::map")]
    pub editions: BTreeMap<String, String>,
    /// Pages of Kamu SM that the institution recommends. Other hosts are rejected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Further notes, in the institution's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The sources of this profile: the names of guides or letters.
    pub sources: Vec<String>,
    /// The day on which the profile was compared with its sources.
    pub checked: Day,
}

/// The unit that accepts the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its telephone number, with the extension if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its e-mail address; not the address of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A bank account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// The bank's name. It must be the bank whose code is in the IBAN.
    pub bank: String,
    /// The account holder, as it must be entered at the bank.
    pub holder: String,
    /// The IBAN, with or without spaces.
    pub iban: Iban,
    /// Guides with conflicting information. The user is advised to ask before paying.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Conflicting information about the account in another guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The date of that guide.
    pub date: Day,
    /// The account holder that it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The description that it prescribes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Who pays in a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaymentRule {
    /// The id of a procedure in which the institution can be paid.
    pub procedure: String,
    /// The roles to which the rule applies; without any, it applies to all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Who pays.
    pub payer: Party,
    /// The template for the description of the transfer, with the placeholders `{ad}`, `{soyad}` and `{tc}`
    /// for name, surname and number. `{Ad}` writes the name in title case, `{AD}` in capitals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Template>,
}

/// The applicant, or the institution on the applicant's behalf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Party {
    /// The applicant.
    Person,
    /// The institution.
    Institution,
}

/// How the receipt is submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// The way in which it is submitted.
    pub channel: Channel,
    /// Whether the original is required.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub original: bool,
    /// The number of copies, 1 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u8>,
}

/// A way to submit a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Channel {
    /// On paper, with the form.
    Paper,
    /// By e-mail to the unit, whose address is then required.
    Email,
}

/// How the printed form is submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperForm {
    /// Who sends it to Kamu SM.
    pub posted_by: Party,
    /// The number of copies that are required, 1 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u8>,
}

/// Prices that the institution announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriceNotice {
    /// The day from which the prices are.
    pub day: Day,
    /// Prices with tax, by product: `"nes-3": "780,00"`.
    #[serde(deserialize_with = "unique_keys::map")]
    pub items: BTreeMap<Product, Amount>,
}

/// A link to a known page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The text of the link.
    pub text: String,
    /// The URL.
    pub address: String,
}

impl Institution {
    /// Returns the payment rule for a procedure and a role.
    #[must_use]
    pub fn payment(&self, procedure: &str, role: Option<Role>) -> Option<&PaymentRule> {
        let applies = |rule: &&PaymentRule| {
            rule.procedure == procedure
                && (rule.roles.is_empty() || role.is_some_and(|role| rule.roles.contains(&role)))
        };
        self.payments.iter().find(applies)
    }
}
