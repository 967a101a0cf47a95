//! The address fields of a form: abbreviations in each, and what does not fit together.

use super::finding::Finding;
use super::form::{Form, FormField};
use super::form_check::{FormCheck, Scope};
use super::purpose::FieldPurpose;
use crate::quarters::quarters;
use crate::{FieldKind, Severity};
use eimza_address::{Abbreviation, AddressIssue, AddressIssueKind, AddressPart, AddressParts};

/// An address on a form that forbids abbreviations.
pub(super) const NO_ABBREVIATION: FieldPurpose = FieldPurpose::new("no-abbreviation", &[]);
/// An address on a form that says nothing about abbreviations.
pub(super) const ADDRESS: FieldPurpose = FieldPurpose::new("address", &[]);
/// "İl".
pub(super) const PROVINCE: FieldPurpose = FieldPurpose::new("province", &[]);
/// "İlçe".
pub(super) const DISTRICT: FieldPurpose = FieldPurpose::new("district", &[]);
/// "Mahalle".
pub(super) const QUARTER: FieldPurpose = FieldPurpose::new("quarter", &[]);
/// "Posta Kodu".
const POSTAL_CODE: FieldPurpose =
    FieldPurpose::of_number("postal-code", &[]).without_invisible(Severity::Advice);
/// The ids of the purposes of fields for a part of an address.
pub(crate) const ADDRESS_PARTS: [&str; 4] = [PROVINCE.id, DISTRICT.id, QUARTER.id, POSTAL_CODE.id];
/// The purposes of fields for a whole address.
pub(super) const ADDRESSES: &[&FieldPurpose] = &[&NO_ABBREVIATION, &ADDRESS];

/// The purposes have no labels that count on every page: the rules for addresses on other pages are unknown.
pub(super) struct AddressCheck;

impl FormCheck for AddressCheck {
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[NO_ABBREVIATION, ADDRESS, PROVINCE, DISTRICT, QUARTER, POSTAL_CODE]
    }

    fn scope(&self) -> Scope {
        Scope::Group
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        let fields: Vec<FormField<'_>> = form.fields().filter(is_address_field).collect();
        if fields.is_empty() {
            return;
        }
        let parts = address_parts(&fields);
        let issues = eimza_address::check_parts(&parts);
        // A form that forbids abbreviations forbids them in every part of the address.
        let forbidden = fields.iter().any(|field| field.purpose == &NO_ABBREVIATION);
        for field in &fields {
            let first_finding = findings.len();
            if field.purpose == &NO_ABBREVIATION {
                findings.push(Finding::new("address_rule", Severity::Info).at(field.anchor));
            }
            // The entries of a list are the site's own words, and a postal code has none.
            if field.purpose != &POSTAL_CODE && field.field.kind != FieldKind::Select {
                let abbreviations = eimza_address::find_abbreviations(&field.field.value).into_iter();
                findings.extend(
                    abbreviations.map(|abbreviation| abbreviation_finding(abbreviation, forbidden, field)),
                );
            }
            // A name with an abbreviation may be right once it is written out.
            let has_fix = findings[first_finding..].iter().any(|finding| !finding.replacements.is_empty());
            let field_issues = issues.iter().filter(|issue| is_first_of_part(field, issue.part, &fields));
            let reported = field_issues.filter(|issue| issue.part == AddressPart::Address || !has_fix);
            findings.extend(reported.map(|issue| issue_finding(issue, field)));
            findings.extend(preview(field, &parts, &fields, findings[first_finding..].iter()));
        }
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        crate::quarters::provide(eimza_address::Quarters::read(
            "33 Mut\t600:yeşilova\t602:gölbaşı\n".to_owned(),
        ));
        vec![
            Sample::new(
                "address_quarter_typo",
                &[("İl", "Mersin"), ("İlçe", "Mut"), ("Adres", "Yeşilov Mah. 5")],
            ),
            Sample::new(
                "address_postal_quarter",
                &[("İl", "Mersin"), ("İlçe", "Mut"), ("Posta Kodu", "33602"), ("Adres", "Yeşilova Mah. 5")],
            ),
            Sample::new("address_preview", &[("Adres", "Gül Mah. Lale Sok. No:5 Mut/Mersin")]),
            Sample::new("address_rule", &[("Adres", "")]),
            Sample::new("address_abbreviation", &[("Adres", "Gül Cad. No:5")]),
            Sample::new("address_abbreviation_advice", &[("Adres", "Gül Cad. No:5")]),
            Sample::new("address_advice", &[("Adres", "GMK Bulvarı No:5")]),
            Sample::new("address_province_typo", &[("İl", "Mersn"), ("Adres", "")]),
            Sample::new("address_province_unknown", &[("İl", "Atlantis"), ("Adres", "")]),
            Sample::new("address_district_typo", &[("İl", "Mersin"), ("İlçe", "Yenişehr")]),
            Sample::new("address_district_elsewhere", &[("İl", "Mersin"), ("İlçe", "Çankaya")]),
            Sample::new("address_district_unknown", &[("İl", "Mersin"), ("İlçe", "Xyzköy")]),
            Sample::new("address_postal_elsewhere", &[("İl", "Mersin"), ("Posta Kodu", "06420")]),
            Sample::new("address_postal_unknown", &[("Posta Kodu", "99999")]),
            Sample::new("address_no_number", &[("Adres", "Gül Mahallesi Lale Sokak")]),
            Sample::new("address_no_district", &[("Adres", "Gül Mahallesi Lale Sokak")]),
        ]
    }
}

/// Returns whether a field is part of an address and has a control whose value is read.
fn is_address_field(field: &FormField<'_>) -> bool {
    let is_part = AddressCheck.purposes().contains(field.purpose);
    let is_list =
        [PROVINCE, DISTRICT, QUARTER].contains(field.purpose) && field.field.kind == FieldKind::Select;
    let is_typed = matches!(
        field.field.kind,
        FieldKind::Text | FieldKind::Textarea | FieldKind::Number | FieldKind::Tel
    );
    is_part && (is_list || is_typed)
}

fn address_parts<'a>(fields: &[FormField<'a>]) -> AddressParts<'a> {
    let text = |purposes: &[FieldPurpose]| {
        let field = fields.iter().find(|field| purposes.contains(field.purpose))?.field;
        // The first entry of a list ("Seçiniz") is not a name.
        let is_unchosen = field.kind == FieldKind::Select
            && (field.options.first() == Some(&field.value) || field.is_placeholder_option(&field.value));
        Some(if is_unchosen { "" } else { field.value.as_str() })
    };
    AddressParts {
        province: text(&[PROVINCE]),
        district: text(&[DISTRICT]),
        quarter: text(&[QUARTER]),
        postal_code: text(&[POSTAL_CODE]),
        address: text(&[NO_ABBREVIATION, ADDRESS]),
        quarters: quarters(),
    }
}

/// Returns whether a field is the one whose text was checked as this part. Of several addresses on a form
/// only the parts of the first are checked together.
fn is_first_of_part(field: &FormField<'_>, part: AddressPart, fields: &[FormField<'_>]) -> bool {
    let purposes: &[FieldPurpose] = match part {
        AddressPart::Province => &[PROVINCE],
        AddressPart::District => &[DISTRICT],
        AddressPart::Quarter => &[QUARTER],
        AddressPart::PostalCode => &[POSTAL_CODE],
        AddressPart::Address => &[NO_ABBREVIATION, ADDRESS],
    };
    let first = fields.iter().find(|other| purposes.contains(other.purpose));
    first.is_some_and(|first| first.anchor == field.anchor)
}

/// The number of fixes for which the card has a button that applies all of them.
const FIXES_AT_ONCE: usize = 2;

/// Returns the whole address in the official order, for an address with several fixes; none where part of
/// it is not understood. It is only shown: the field keeps its order.
fn preview<'f>(
    field: &FormField<'_>,
    parts: &AddressParts<'_>,
    fields: &[FormField<'_>],
    findings: impl Iterator<Item = &'f Finding>,
) -> Option<Finding> {
    let is_first = is_first_of_part(field, AddressPart::Address, fields);
    let fixes = findings.filter(|finding| !finding.replacements.is_empty()).count();
    if !is_first || fixes < FIXES_AT_ONCE {
        return None;
    }
    let address = eimza_address::in_official_order(parts)?;
    let args = vec![("full", address)];
    Some(Finding { args, ..Finding::new("address_preview", Severity::Info).at(field.anchor) })
}

fn abbreviation_finding(abbreviation: Abbreviation, forbidden: bool, field: &FormField<'_>) -> Finding {
    let (message, severity) = match abbreviation.severity {
        eimza_address::Severity::Error if forbidden => ("address_abbreviation", Severity::Error),
        eimza_address::Severity::Error => ("address_abbreviation_advice", Severity::Advice),
        eimza_address::Severity::Advice => ("address_advice", Severity::Advice),
    };
    let replacements = (0..abbreviation.expansions.len()).filter_map(|index| abbreviation.replacement(index));
    let replacements = if field.field.readonly { Vec::new() } else { replacements.collect() };
    let full = abbreviation.expansions.into_iter().next().unwrap_or_default();
    Finding {
        id: Some("address.abbreviation"),
        args: vec![("written", abbreviation.written), ("full", full)],
        span: Some(abbreviation.start..abbreviation.end),
        replacements,
        ..Finding::new(message, severity).at(field.anchor)
    }
}

fn issue_finding(issue: &AddressIssue, field: &FormField<'_>) -> Finding {
    use AddressIssueKind as Kind;
    let province = |name: &String| ("province", name.clone());
    let (message, mut args, intended) = match &issue.kind {
        Kind::ProvinceTypo { meant } => ("address_province_typo", vec![("full", meant.clone())], Some(meant)),
        Kind::ProvinceUnknown => ("address_province_unknown", vec![], None),
        Kind::DistrictTypo { province: name, meant } => {
            ("address_district_typo", vec![("full", meant.clone()), province(name)], Some(meant))
        }
        Kind::DistrictElsewhere { province: name, others } => {
            ("address_district_elsewhere", vec![province(name), ("others", others.join(", "))], None)
        }
        Kind::DistrictUnknown { province: name } => ("address_district_unknown", vec![province(name)], None),
        Kind::PostalCodeElsewhere { province: name, other } => {
            ("address_postal_elsewhere", vec![province(name), ("others", other.clone())], None)
        }
        Kind::QuarterTypo { district, meant } => (
            "address_quarter_typo",
            vec![("full", meant.clone()), ("district", district.clone())],
            Some(meant),
        ),
        Kind::PostalCodeOfOtherQuarter { quarter, expected } => (
            "address_postal_quarter",
            vec![("quarter", quarter.clone()), ("others", expected.join(", "))],
            None,
        ),
        Kind::PostalCodeUnknown => ("address_postal_unknown", vec![], None),
        Kind::NoNumber => ("address_no_number", vec![], None),
        Kind::NoDistrict => ("address_no_district", vec![], None),
    };
    if !issue.written.is_empty() {
        args.push(("written", issue.written.clone()));
    }
    let is_editable = !field.field.readonly && field.field.kind != FieldKind::Select;
    // All of the value includes invisible characters around it.
    let is_whole = issue.range == (0..field.field.value.chars().count()) && !issue.range.is_empty();
    Finding {
        args,
        span: (!is_whole).then(|| issue.range.clone()),
        replacements: intended.filter(|_| is_editable).into_iter().cloned().collect(),
        ..Finding::new(message, Severity::Advice).at(field.anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Anchor;
    use super::super::registry::FieldLabels;
    use super::super::run::form_hints;
    use super::super::sample::field;
    use super::*;
    use crate::normalized_snapshot::NormalizedSnapshot;
    use crate::{Field, Fix, Hint, PageSnapshot, UserContext};
    use eimza_i18n::Catalog;
    use eimza_protocol::Lang;

    fn labels(address: &'static FieldPurpose) -> Vec<FieldLabels> {
        [("Adres", address), ("İl", &PROVINCE), ("İlçe", &DISTRICT), ("Posta Kodu", &POSTAL_CODE)]
            .map(|(label, purpose)| FieldLabels { labels: vec![label.to_owned()], purpose })
            .into()
    }

    fn hints(address: &'static FieldPurpose, fields: &[Field]) -> Vec<Hint> {
        let snapshot = PageSnapshot { fields: fields.to_vec(), ..PageSnapshot::default() };
        form_hints(&labels(address), &[], &NormalizedSnapshot::of(&snapshot), &UserContext::default(), None)
    }

    fn findings(fields: &[Field]) -> Vec<(String, String)> {
        let hints =
            hints(&NO_ABBREVIATION, fields).into_iter().filter(|hint| hint.severity != Severity::Info);
        hints.map(|hint| (hint.anchor.unwrap(), hint.message)).collect()
    }

    fn one(anchor: &str, message: &str) -> Vec<(String, String)> {
        vec![(anchor.to_owned(), message.to_owned())]
    }

    #[test]
    fn checks_parts_together_and_anchors_findings_at_their_fields() {
        let form = |province, district, code| {
            findings(&[
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

    /// Regression test: the fix of the first province was offered at the second one.
    #[test]
    fn a_second_address_gets_no_findings_of_the_first() {
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
        assert!(findings(&form).iter().all(|(anchor, _)| ["f1", "f2"].contains(&anchor.as_str())));
        assert!(findings(&form).contains(&("f1".to_owned(), "address_province_typo".to_owned())));
    }

    #[test]
    fn fixes_replace_the_whole_typo() {
        let hints = hints(&NO_ABBREVIATION, &[field("İl", "Mersn")]);
        assert_eq!(hints[0].fixes, [Fix { start: 0, end: 5, text: "Mersin".to_owned() }]);
    }

    #[test]
    fn ignores_the_first_entry_of_a_list() {
        let list = |value: &str| Field {
            kind: FieldKind::Select,
            options: vec!["Seçiniz".to_owned(), "Mersin".to_owned()],
            ..field("İl", value)
        };
        assert_eq!(findings(&[list("Seçiniz")]), []);
        assert_eq!(
            findings(&[list("Mersin"), field("İlçe", "Çankaya")]),
            one("İlçe", "address_district_elsewhere")
        );
    }

    #[test]
    fn abbreviations_are_advice_where_the_form_allows_them() {
        let hints = hints(&ADDRESS, &[field("Adres", "Gül Cad. No:5 Merkez")]);
        assert!(hints.iter().all(|hint| hint.severity == Severity::Advice));
        assert_eq!(hints[0].message, "address_abbreviation_advice");
    }

    #[test]
    fn every_issue_has_a_message_with_its_arguments() {
        let name = || "x".to_owned();
        for kind in [
            AddressIssueKind::ProvinceTypo { meant: name() },
            AddressIssueKind::ProvinceUnknown,
            AddressIssueKind::DistrictTypo { province: name(), meant: name() },
            AddressIssueKind::DistrictElsewhere { province: name(), others: vec![name()] },
            AddressIssueKind::DistrictUnknown { province: name() },
            AddressIssueKind::PostalCodeElsewhere { province: name(), other: name() },
            AddressIssueKind::QuarterTypo { district: name(), meant: name() },
            AddressIssueKind::PostalCodeOfOtherQuarter { quarter: name(), expected: vec![name()] },
            AddressIssueKind::PostalCodeUnknown,
            AddressIssueKind::NoNumber,
            AddressIssueKind::NoDistrict,
        ] {
            let missing = matches!(kind, AddressIssueKind::NoNumber | AddressIssueKind::NoDistrict);
            let written = if missing { String::new() } else { name() };
            let issue = AddressIssue { part: AddressPart::Address, range: 0..0, written, kind };
            let fields = vec![field("Adres", "")];
            let snapshot = PageSnapshot { fields: fields.clone(), ..PageSnapshot::default() };
            let form_field = FormField { anchor: Anchor::Field(0), field: &fields[0], purpose: &ADDRESS };
            let finding = issue_finding(&issue, &form_field);
            let hint = finding.into_hint(&NormalizedSnapshot::of(&snapshot));
            for lang in [Lang::Tr, Lang::En] {
                let placeholders = Catalog::of(lang).placeholders(&hint.message);
                assert!(Catalog::of(lang).has(&hint.message), "{}", hint.message);
                assert!(placeholders.iter().eq(hint.args.keys()), "{}", hint.message);
            }
        }
    }

    #[test]
    fn an_address_with_several_fixes_is_shown_as_a_whole() {
        let previews = |address: &str| {
            let shown = hints(&NO_ABBREVIATION, &[field("Adres", address)]).into_iter();
            shown.filter(|hint| hint.message == "address_preview").count()
        };
        assert_eq!(previews("Gül Mahallesi Lale Sok. No:5 Mut/Mersin"), 1);
        assert_eq!(previews("Gül Mahallesi Lale Sokak No:5 Mut/Mersin"), 0);
    }
}
