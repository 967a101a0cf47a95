//! Hints on the address of a form: abbreviations, and what is doubtful about its parts together.

use crate::page::{FieldRule, Rule};
use crate::{Field, FieldKind, Fix, Hint, Severity};
use eimza_address::{Abbreviation, AddressIssue, AddressIssueKind, AddressPart, AddressParts};
use std::collections::BTreeMap;

/// The hints on all fields that have a rule, in the fields' order.
pub(crate) fn hints(rules: &[FieldRule], fields: &[Field]) -> Vec<Hint> {
    let ruled: Vec<(Rule, &Field)> =
        fields.iter().filter_map(|field| Some((rule_of(rules, field)?, field))).collect();
    let remarks = eimza_address::check_parts(&parts(&ruled));
    // A form may have several addresses: the parts of the first are looked at together, and no other is spoken of.
    let looked_at = |part| ruled.iter().find(|(rule, _)| is_on(part, *rule)).map(|(_, field)| *field);
    let mut hints = Vec::new();
    for &(rule, field) in &ruled {
        if rule == Rule::NoAbbreviation {
            hints.push(Hint::new("address_rule", Severity::Info).at(&field.reference));
        }
        // A form that forbids abbreviations forbids them in every part of the address.
        let forbidden = ruled.iter().any(|(other, _)| *other == Rule::NoAbbreviation);
        // A list is written by the site, and a code has no words.
        if rule != Rule::PostalCode && field.kind != FieldKind::Select {
            let findings = eimza_address::find_abbreviations(&field.value);
            hints.extend(findings.iter().map(|finding| abbreviation(finding, forbidden, field)));
        }
        // Not beside an abbreviation of the same words: written out, they may be right.
        let already =
            hints.iter().any(|hint| hint.anchor.as_ref() == Some(&field.reference) && !hint.fixes.is_empty());
        let own = remarks
            .iter()
            .filter(|remark| looked_at(remark.part).is_some_and(|first| std::ptr::eq(first, field)));
        hints.extend(
            own.filter(|remark| remark.part == AddressPart::Address || !already)
                .map(|remark| doubt(remark, field)),
        );
    }
    hints
}

/// The rule of a field, by its label or, where it has none, by its placeholder.
fn rule_of(rules: &[FieldRule], field: &Field) -> Option<Rule> {
    let rule = rules.iter().find(|rule| field.matches_label(&rule.labels))?.rule;
    if !rule.is_of_address() {
        return None;
    }
    let chosen =
        matches!(rule, Rule::Province | Rule::District | Rule::Quarter) && field.kind == FieldKind::Select;
    let typed =
        matches!(field.kind, FieldKind::Text | FieldKind::Textarea | FieldKind::Number | FieldKind::Tel);
    (chosen || typed).then_some(rule)
}

fn parts<'a>(ruled: &[(Rule, &'a Field)]) -> AddressParts<'a> {
    let text = |wanted: &[Rule]| {
        let (_, field) = ruled.iter().find(|(rule, _)| wanted.contains(rule))?;
        Some(if is_chosen(field) { "" } else { field.value.as_str() })
    };
    AddressParts {
        province: text(&[Rule::Province]),
        district: text(&[Rule::District]),
        quarter: text(&[Rule::Quarter]),
        postal_code: text(&[Rule::PostalCode]),
        address: text(&[Rule::NoAbbreviation, Rule::Address]),
    }
}

/// A list offers the site's own names, and its first entry ("Seçiniz") is none.
fn is_chosen(field: &Field) -> bool {
    field.kind == FieldKind::Select && field.options.first() == Some(&field.value)
}

fn is_on(part: AddressPart, rule: Rule) -> bool {
    match part {
        AddressPart::Province => rule == Rule::Province,
        AddressPart::District => rule == Rule::District,
        AddressPart::PostalCode => rule == Rule::PostalCode,
        AddressPart::Address => matches!(rule, Rule::NoAbbreviation | Rule::Address),
    }
}

fn abbreviation(finding: &Abbreviation, forbidden: bool, field: &Field) -> Hint {
    let (message, severity) = match finding.severity {
        eimza_address::Severity::Error if forbidden => ("address_abbreviation", Severity::Error),
        eimza_address::Severity::Error => ("address_abbreviation_advice", Severity::Advice),
        eimza_address::Severity::Advice => ("address_advice", Severity::Advice),
    };
    let full = finding.expansions.first().cloned().unwrap_or_default();
    let fixes = (0..finding.expansions.len())
        .filter_map(|index| finding.replacement(index))
        .map(|text| Fix { start: finding.start, end: finding.end, text });
    Hint {
        id: "address.abbreviation".to_owned(),
        args: BTreeMap::from([("written".to_owned(), finding.written.clone()), ("full".to_owned(), full)]),
        fixes: if field.readonly { Vec::new() } else { fixes.collect() },
        ..Hint::new(message, severity).at(&field.reference)
    }
}

fn doubt(remark: &AddressIssue, field: &Field) -> Hint {
    let (message, arguments, meant) = match &remark.kind {
        AddressIssueKind::ProvinceTypo { meant } => {
            ("address_province_typo", vec![("full", meant.clone())], Some(meant))
        }
        AddressIssueKind::ProvinceUnknown => ("address_province_unknown", vec![], None),
        AddressIssueKind::DistrictTypo { province, meant } => (
            "address_district_typo",
            vec![("full", meant.clone()), ("province", province.clone())],
            Some(meant),
        ),
        AddressIssueKind::DistrictElsewhere { province, others } => (
            "address_district_elsewhere",
            vec![("province", province.clone()), ("others", others.join(", "))],
            None,
        ),
        AddressIssueKind::DistrictUnknown { province } => {
            ("address_district_unknown", vec![("province", province.clone())], None)
        }
        AddressIssueKind::PostalCodeElsewhere { province, other } => (
            "address_postal_elsewhere",
            vec![("province", province.clone()), ("others", other.clone())],
            None,
        ),
        AddressIssueKind::PostalCodeUnknown => ("address_postal_unknown", vec![], None),
        AddressIssueKind::NoNumber => ("address_no_number", vec![], None),
        AddressIssueKind::NoDistrict => ("address_no_district", vec![], None),
    };
    let mut args: BTreeMap<String, String> =
        arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if !remark.written.is_empty() {
        args.insert("written".to_owned(), remark.written.clone());
    }
    let fix = meant.filter(|_| !field.readonly && field.kind != FieldKind::Select);
    let fixes = fix.map(|text| Fix { start: remark.range.start, end: remark.range.end, text: text.clone() });
    Hint {
        args,
        fixes: fixes.into_iter().collect(),
        ..Hint::new(message, Severity::Advice).at(&field.reference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    fn rules() -> Vec<FieldRule> {
        [
            ("Adres", Rule::NoAbbreviation),
            ("İl", Rule::Province),
            ("İlçe", Rule::District),
            ("Posta Kodu", Rule::PostalCode),
        ]
        .map(|(label, rule)| FieldRule { labels: vec![label.to_owned()], rule })
        .into()
    }

    fn field(label: &str, value: &str) -> Field {
        Field {
            reference: label.to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            ..Field::default()
        }
    }

    fn said(fields: &[Field]) -> Vec<(String, String)> {
        let hints = hints(&rules(), fields).into_iter().filter(|hint| hint.severity != Severity::Info);
        hints.map(|hint| (hint.anchor.unwrap(), hint.message)).collect()
    }

    fn one(anchor: &str, message: &str) -> Vec<(String, String)> {
        vec![(anchor.to_owned(), message.to_owned())]
    }

    #[test]
    fn the_parts_are_looked_at_together_and_each_remark_stands_at_its_field() {
        let form = |province, district, code| {
            said(&[
                field("İl", province),
                field("İlçe", district),
                field("Posta Kodu", code),
                field("Adres", ""),
            ])
        };
        assert_eq!(form("Mersin", "Yenişehir", "33110"), []);
        assert_eq!(form("Mersn", "Yenişehir", ""), one("İl", "address_province_typo"));
        assert_eq!(form("Mersin", "Çankaya", ""), one("İlçe", "address_district_elsewhere"));
        assert_eq!(form("Mersin", "Yenişehir", "06420"), one("Posta Kodu", "address_postal_elsewhere"));
        assert_eq!(form("K.Maraş", "", ""), one("İl", "address_abbreviation"));
    }

    /// The fix of the first province was offered at the second, whatever stood there.
    #[test]
    fn of_two_addresses_the_second_gets_nothing_of_the_first() {
        let named = |reference: &str, label: &str, value: &str| Field {
            reference: reference.to_owned(),
            ..field(label, value)
        };
        let form = [
            named("f1", "İl", "Mersn"),
            named("f2", "Adres", "Gül Mahallesi 5"),
            named("f3", "İl", "Ankara"),
            named("f4", "Adres", "Lale Mahallesi"),
        ];
        assert!(said(&form).iter().all(|(anchor, _)| ["f1", "f2"].contains(&anchor.as_str())));
        assert!(said(&form).contains(&("f1".to_owned(), "address_province_typo".to_owned())));
    }

    #[test]
    fn a_typo_is_fixed_as_a_whole() {
        let hints = hints(&rules(), &[field("İl", "Mersn")]);
        assert_eq!(hints[0].fixes, [Fix { start: 0, end: 5, text: "Mersin".to_owned() }]);
    }

    #[test]
    fn the_first_entry_of_a_list_is_no_province() {
        let list = |value: &str| Field {
            kind: FieldKind::Select,
            options: vec!["Seçiniz".to_owned(), "Mersin".to_owned()],
            ..field("İl", value)
        };
        assert_eq!(said(&[list("Seçiniz")]), []);
        assert_eq!(
            said(&[list("Mersin"), field("İlçe", "Çankaya")]),
            one("İlçe", "address_district_elsewhere")
        );
    }

    #[test]
    fn where_the_form_says_nothing_of_abbreviations_they_are_advice() {
        let rules = [FieldRule { labels: vec!["Adres".to_owned()], rule: Rule::Address }];
        let hints = hints(&rules, &[field("Adres", "Gül Cad. No:5 Merkez")]);
        assert!(hints.iter().all(|hint| hint.severity == Severity::Advice));
        assert_eq!(hints[0].message, "address_abbreviation_advice");
    }

    #[test]
    fn every_doubt_has_its_sentence_with_all_that_it_names() {
        let name = || "x".to_owned();
        for doubt_ in [
            AddressIssueKind::ProvinceTypo { meant: name() },
            AddressIssueKind::ProvinceUnknown,
            AddressIssueKind::DistrictTypo { province: name(), meant: name() },
            AddressIssueKind::DistrictElsewhere { province: name(), others: vec![name()] },
            AddressIssueKind::DistrictUnknown { province: name() },
            AddressIssueKind::PostalCodeElsewhere { province: name(), other: name() },
            AddressIssueKind::PostalCodeUnknown,
            AddressIssueKind::NoNumber,
            AddressIssueKind::NoDistrict,
        ] {
            let missing = matches!(doubt_, AddressIssueKind::NoNumber | AddressIssueKind::NoDistrict);
            let written = if missing { String::new() } else { name() };
            let hint = doubt(
                &AddressIssue { part: AddressPart::Address, range: 0..0, written, kind: doubt_ },
                &field("Adres", ""),
            );
            for lang in [Lang::Tr, Lang::En] {
                let wanted = Catalog::of(lang).placeholders(&hint.message);
                assert!(Catalog::of(lang).has(&hint.message), "{}", hint.message);
                assert!(wanted.iter().eq(hint.args.keys()), "{}", hint.message);
            }
        }
    }
}
