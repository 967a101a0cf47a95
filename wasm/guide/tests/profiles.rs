//! Profiles of institutions: those of known guides, and every error of a profile.

#![expect(clippy::disallowed_methods, reason = "a test reads files")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use eimza_guide::{
    Change, Checklist, Institution, Origin, ProfileErrorKind, Role, SavedState, institutions, source,
};
use eimza_i18n::Catalog;
use eimza_protocol::Lang;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Returns a profile with an account and a description, one key per line.
fn profile(bank: &str, iban: &str, description: &str) -> String {
    let mut profile = json!({
        "format": 1, "id": "ornek", "name": "Örnek İl Sağlık Müdürlüğü",
        "account": {"bank": bank, "holder": "Örnek İl Sağlık Müdürlüğü", "iban": iban},
        "payments": [{"procedure": "renewal", "payer": "person"}],
        "sources": ["Kılavuz"], "checked": "2026-11-25"
    });
    if !description.is_empty() {
        profile["payments"][0]["description"] = description.into();
    }
    serde_json::to_string_pretty(&profile).unwrap()
}

#[test]
fn built_in_profiles_are_valid_and_have_sources() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("institutions");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), institutions().len());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let institution =
            Institution::read(&text).unwrap_or_else(|error| panic!("{}: {error:?}", file.display()));
        assert_eq!(file.file_stem().unwrap().to_str(), Some(institution.id.as_str()));
        assert!(institution.sources.iter().all(|id| source(id).is_some()), "{}", institution.id);
    }
}

#[test]
fn accepts_the_accounts_and_descriptions_of_known_guides() {
    for (bank, iban, description) in [
        ("Ziraat", "TR780001001231380704445001", "{AD}-{SOYAD}-{TC} = NES 3 YILLIK BAŞVURUSU"), // Adana, 2019
        ("Halkbank", "TR86 0001 2009 2290 0044 0000 09", "{ad} {soyad} {tc} e-imza başvurusu"), // Hatay
        ("Halkbank", "TR41 0001 2009 5940 0005 0000 47", "{Ad}-{SOYAD}-{TC}- NES Ücreti"), // Tekirdağ's text
    ] {
        let institution = Institution::read(&profile(bank, iban, description)).unwrap();
        assert_eq!(institution.payments[0].description.as_ref().unwrap().to_string(), description);
    }
}

#[test]
fn reports_accounts_at_another_bank_with_their_line() {
    for bank in ["ZIRAAT BANKASI", "T.C. Ziraat Bankası A.Ş.", "Ziraat Bankası / Garanti BBVA"] {
        let unlisted = profile(bank, "TR63 0014 3000 0000 0000 0000 01", "");
        assert!(
            matches!(Institution::read(&unlisted).unwrap_err().kind, ProfileErrorKind::BankMismatch { .. }),
            "{bank}"
        );
    }
    let text = profile("Ziraat", "TR65 0001 2009 3310 0006 1000 37", ""); // Elazığ, 2021
    let error = Institution::read(&text).unwrap_err();
    assert!(matches!(error.kind, ProfileErrorKind::BankMismatch { .. }), "{error:?}");
    assert!(text.lines().nth(error.line - 1).unwrap().contains("\"bank\""));
}

#[test]
fn accepts_separate_rules_for_procedures_and_roles() {
    let mut value: Value =
        serde_json::from_str(&profile("Halkbank", "TR65 0001 2009 3310 0006 1000 37", "")).unwrap();
    value["payments"] = json!([
        {"procedure": "first-application", "roles": ["family-physician"], "payer": "person", "description": "İLK {AD} {SOYAD} {TC}"},
        {"procedure": "first-application", "roles": ["other-staff"], "payer": "institution"},
        {"procedure": "renewal", "payer": "person", "description": "YENİLEME {AD} {SOYAD} {TC}"}
    ]);
    let institution = Institution::read(&value.to_string()).unwrap();
    assert!(institution.payment("renewal", Some(Role::OtherStaff)).is_some());
    assert!(institution.payment("lost", None).is_none());
}

/// Changes the profile that uses every key; returns the error and the key on the reported line.
fn error(change: impl FnOnce(&mut Value)) -> (ProfileErrorKind, String) {
    let mut value: Value = serde_json::from_str(FULL_PROFILE).unwrap();
    change(&mut value);
    let text = serde_json::to_string_pretty(&value).unwrap();
    let error = Institution::read(&text).unwrap_err();
    let line = text.lines().nth(error.line - 1).unwrap_or_default().trim();
    (error.kind, line.split('"').nth(1).unwrap_or(line).to_owned())
}

/// A profile that uses every key.
const FULL_PROFILE: &str = include_str!("whole-profile.json");

#[test]
fn round_trips_a_profile_that_uses_every_key() {
    let institution = Institution::read(FULL_PROFILE).unwrap();
    let written = serde_json::to_string(&institution).unwrap();
    assert_eq!(Institution::read(&written).unwrap(), institution);
    assert!(Institution::read(&format!("\u{feff}\n{FULL_PROFILE}\n")).is_ok(), "as some editors save it");
}

#[test]
fn rejects_links_to_unknown_hosts_everywhere() {
    for address in [
        "https://example.org/",
        "http://portal.kamusm.gov.tr/bp/ws.go",
        "http://www.kamusm.gov.tr/SSS/",
        "https://nesbireysel.kamusal.gov.tr/nb.go",
        "javascript:alert(1)",
        "https://portal.kamusm.gov.tr@example.org/",
        "https://portal.kamusm.gov.tr.example.org/",
        "portal.kamusm.gov.tr",
        "data:text/html,x",
    ] {
        let (reason, line) = error(|value| value["links"][0]["address"] = address.into());
        assert_eq!((reason, line.as_str()), (ProfileErrorKind::ForeignLink(address.to_owned()), "address"));
    }
    for note in [
        "Bakınız: https://example.org/x",
        "odeme.example.com",
        "https://www.kamusm.gov.tr/;https://example.com",
    ] {
        let (reason, _) = error(|value| value["notes"][0] = note.into());
        assert!(matches!(reason, ProfileErrorKind::ForeignLink(_)), "{note}: {reason:?}");
    }
    let java = "https://www.java.com/tr/";
    let (reason, _) = error(|value| value["links"][0]["address"] = java.into());
    assert_eq!(reason, ProfileErrorKind::ForeignLink(java.to_owned()), "a page that is none of Kamu SM's");
    for text in ["Ödeme: example.com", "evil.example"] {
        let (reason, _) = error(|value| value["links"][0]["text"] = text.into());
        assert!(matches!(reason, ProfileErrorKind::ForeignLink(_)), "{text}");
    }
    // Regression tests: a multi-byte letter before the scheme, and one beside a quotation mark.
    let (reason, _) = error(|value| value["notes"][0] = "httpü://örnek.example/".into());
    assert!(matches!(reason, ProfileErrorKind::ForeignLink(_)));
    let mut quoted: Value = serde_json::from_str(FULL_PROFILE).unwrap();
    quoted["notes"][0] = "Başvuru sayfası: «https://portal.kamusm.gov.tr/bp/ws.go»".into();
    assert!(Institution::read(&quoted.to_string()).is_ok());
    let (reason, line) = error(|value| value["account"]["holder"] = "Ad www.example.org".into());
    assert_eq!(
        (reason, line.as_str()),
        (ProfileErrorKind::ForeignLink("www.example.org".to_owned()), "holder")
    );
}

#[test]
fn rejects_accounts_codes_and_look_alikes_in_every_text() {
    type Write = fn(&mut Value, &str);
    type Write2 = fn(&mut Value, &str, &str);
    let texts: [Write; 10] = [
        |all, text| all["name"] = text.into(),
        |all, text| all["unit"]["name"] = text.into(),
        |all, text| all["unit"]["phone"] = text.into(),
        |all, text| all["account"]["holder"] = text.into(),
        |all, text| all["account"]["conflicts"][0]["holder"] = text.into(),
        |all, text| all["account"]["conflicts"][0]["description"] = text.into(),
        |all, text| all["payments"][0]["description"] = text.into(),
        |all, text| all["links"][0]["text"] = text.into(),
        |all, text| all["notes"][0] = text.into(),
        |all, text| all["sources"][0] = text.into(),
    ];
    for write in texts {
        for iban in [
            "TR78 0001 0012 3138 0704 4450 01",
            "TR78-0001-0012-3138-0704-4450-01",
            "TR78OOO1OO123138O7O4445OO1",
        ] {
            let (reason, _) = error(|value| write(value, iban));
            assert!(matches!(reason, ProfileErrorKind::AccountInText(_)), "{reason:?}");
        }
        let (reason, _) = error(|value| write(value, "PUKunuzu birime gönderin"));
        assert!(matches!(reason, ProfileErrorKind::CodeInText(_)), "{reason:?}");
        for text in ["Ödeme hesаbı", "TR٧٨ ٠٠٠١"] {
            let (reason, _) = error(|value| write(value, text));
            assert!(matches!(reason, ProfileErrorKind::LookAlike { .. }), "{reason:?}");
        }
    }
    let (reason, line) = error(|value| value["notes"] = json!(["TR78 0001 0012", "3138 0704 4450 01"]));
    assert_eq!((reason, line.as_str()), (ProfileErrorKind::AccountInText("notes".to_owned()), "notes"));
    let (start, end) = ("TR78 0001 0012", "3138 0704 4450 01");
    let spread: [Write2; 4] = [
        |all, start, end| all["unit"] = json!({"name": start, "phone": end, "email": "birim@ornek.example"}),
        |all, start, end| {
            all["account"]["conflicts"][0] =
                json!({"date": "2024-03-12", "holder": start, "description": end});
        },
        |all, start, end| {
            all["account"]["conflicts"][0] =
                json!({"date": "2024-03-12", "holder": end, "description": start});
        },
        |all, start, end| all["notes"] = json!([end, "Not", start]),
    ];
    for write in spread {
        let (reason, _) = error(|value| write(value, start, end));
        assert!(matches!(reason, ProfileErrorKind::AccountInText(_)), "{reason:?}");
    }
}

#[test]
fn rejects_unknown_banks_and_a_second_bank() {
    for bank in ["Örnek Bankası", "HaIkbank", "Banka", "Halk-bаnk"] {
        let reason =
            Institution::read(&profile(bank, "TR41 0001 2009 5940 0005 0000 47", "")).unwrap_err().kind;
        assert!(
            matches!(reason, ProfileErrorKind::UnknownBank(_) | ProfileErrorKind::LookAlike { .. }),
            "{bank}: {reason:?}"
        );
    }
    let two = profile("Halkbank ya da Ziraat", "TR41 0001 2009 5940 0005 0000 47", "");
    assert!(matches!(Institution::read(&two).unwrap_err().kind, ProfileErrorKind::BankMismatch { .. }));
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of errors")]
fn reports_every_error_with_its_line() {
    type Case = (fn(&mut Value), ProfileErrorKind, &'static str);
    let named = str::to_owned;
    let cases: [Case; 33] = [
        (|all| all["extra"] = 1.into(), ProfileErrorKind::UnknownKey(named("extra")), "extra"),
        (|all| all["account"]["branch"] = 1.into(), ProfileErrorKind::UnknownKey(named("branch")), "branch"),
        (|all| all["format"] = 2.into(), ProfileErrorKind::Format(2), "format"),
        (|all| all["id"] = "Örnek".into(), ProfileErrorKind::Id(named("Örnek")), "id"),
        (|all| all["name"] = " ".into(), ProfileErrorKind::Empty(named("name")), "name"),
        (|all| all["name"] = "x".repeat(501).into(), ProfileErrorKind::TooLong(named("name")), "name"),
        (
            |all| all["account"]["holder"] = "x".repeat(121).into(),
            ProfileErrorKind::TooLong(named("holder")),
            "holder",
        ),
        (|all| all["name"] = "\u{3164}".into(), ProfileErrorKind::HiddenCharacters(named("name")), "name"),
        (
            |all| all["name"] = "Ad\u{a0}\u{a0}".into(),
            ProfileErrorKind::HiddenCharacters(named("name")),
            "name",
        ),
        (
            |all| all["account"]["holder"] = "\u{fffd}rnek".into(),
            ProfileErrorKind::HiddenCharacters(named("holder")),
            "holder",
        ),
        (
            |all| all["unit"]["email"] = "a?bcc=b@ornek.example".into(),
            ProfileErrorKind::Email(named("a?bcc=b@ornek.example")),
            "email",
        ),
        (
            |all| all["payments"][0]["description"] = "{ad}{soyad}".into(),
            ProfileErrorKind::TemplateAdjacent,
            "description",
        ),
        (|all| all["prices"]["items"]["nes-3"] = "0".into(), ProfileErrorKind::Amount, "nes-3"),
        (
            |all| all["payments"][0]["payer"] = "nobody".into(),
            ProfileErrorKind::UnknownValue(named("nobody")),
            "payer",
        ),
        (
            |all| all["account"] = json!(["Halkbank", "H", "TR27 0001 2000 0000 0000 0000 01", []]),
            ProfileErrorKind::NotObject(named("account")),
            "account",
        ),
        (|all| all["name"] = "a\u{202e}b".into(), ProfileErrorKind::HiddenCharacters(named("name")), "name"),
        (|all| all["notes"][0] = "a\nb".into(), ProfileErrorKind::HiddenCharacters(named("notes")), "a\\nb"),
        (|all| all["sources"] = json!([]), ProfileErrorKind::Empty(named("sources")), "sources"),
        (
            |all| all["account"]["iban"] = "TR410001200959400005000048".into(),
            ProfileErrorKind::IbanChecksum,
            "iban",
        ),
        (
            |all| all["account"]["iban"] = "TR41000120095940000500004".into(),
            ProfileErrorKind::IbanLength,
            "iban",
        ),
        (
            |all| all["account"]["iban"] = "410001200959400005000047".into(),
            ProfileErrorKind::IbanCountry,
            "iban",
        ),
        (|all| all["account"]["iban"] = "TR41-0001".into(), ProfileErrorKind::IbanCharacters, "iban"),
        (
            |all| all["payments"][0]["description"] = "{ad".into(),
            ProfileErrorKind::TemplateBrace,
            "description",
        ),
        (
            |all| all["payments"][0]["description"] = "{iban}".into(),
            ProfileErrorKind::TemplatePlaceholder,
            "description",
        ),
        (|all| all["prices"]["items"]["nes-3"] = "1,080".into(), ProfileErrorKind::Amount, "nes-3"),
        (|all| all["checked"] = "25.11.2026".into(), ProfileErrorKind::Day, "checked"),
        (|all| all["unit"]["email"] = "birim".into(), ProfileErrorKind::Email(named("birim")), "email"),
        (|all| all["receipt"]["copies"] = 0.into(), ProfileErrorKind::CopyCount(0), "copies"),
        (
            |all| all["payments"][0]["procedure"] = "lost".into(),
            ProfileErrorKind::Procedure(named("lost")),
            "procedure",
        ),
        (|all| all["editions"] = json!({"lost": "1999"}), ProfileErrorKind::Edition(named("1999")), "lost"),
        (
            |all| all["editions"] = json!({"find": "guide"}),
            ProfileErrorKind::Procedure(named("find")),
            "find",
        ),
        (
            |all| {
                let first = all["payments"][0].clone();
                all["payments"].as_array_mut().unwrap().push(first);
            },
            ProfileErrorKind::DuplicatePayment(named("renewal")),
            "procedure",
        ),
        (
            |all| {
                all["unit"].as_object_mut().unwrap().remove("email");
            },
            ProfileErrorKind::NoMailbox,
            "channel",
        ),
    ];
    for (change, reason, key) in cases {
        assert_eq!(error(change), (reason, key.to_owned()));
    }
}

#[test]
fn reports_parser_errors_with_their_line() {
    let reading = |text: &str| Institution::read(text).unwrap_err();
    let error = reading("{\n  \"format\": 1,\n  \"id\": \n}");
    assert!(matches!(error.kind, ProfileErrorKind::NotJson(_)));
    assert_eq!(error.line, 4);
    assert!(matches!(reading("").kind, ProfileErrorKind::NotJson(_)));
    assert!(matches!(reading("[]").kind, ProfileErrorKind::WrongType(_) | ProfileErrorKind::NotObject(_)));
    assert_eq!(reading("{}").kind, ProfileErrorKind::MissingKey("format".to_owned()));
    let twice = FULL_PROFILE.replacen("\"id\"", "\"id\": \"x\",\n  \"id\"", 1);
    assert_eq!(reading(&twice).kind, ProfileErrorKind::DuplicateKey("id".to_owned()));
    let twice =
        FULL_PROFILE.replacen("\"nes-3\": \"780,00\"", "\"nes-3\": \"1,00\", \"nes-3\": \"780,00\"", 1);
    assert_eq!(reading(&twice).kind, ProfileErrorKind::DuplicateKey("nes-3".to_owned()));
    let twice = FULL_PROFILE.replacen("\"lost\": \"guide\"", "\"lost\": \"x\", \"lost\": \"guide\"", 1);
    assert!(matches!(reading(&twice).kind, ProfileErrorKind::DuplicateKey(_)));
    assert_eq!(reading(&" ".repeat(70_000)).kind, ProfileErrorKind::TooLarge);
}

#[test]
fn every_error_has_a_message_with_its_arguments() {
    let name = || "x".to_owned();
    for reason in [
        ProfileErrorKind::TooLarge,
        ProfileErrorKind::NotJson(name()),
        ProfileErrorKind::UnknownKey(name()),
        ProfileErrorKind::MissingKey(name()),
        ProfileErrorKind::DuplicateKey(name()),
        ProfileErrorKind::WrongType(name()),
        ProfileErrorKind::UnknownValue(name()),
        ProfileErrorKind::NotObject(name()),
        ProfileErrorKind::TemplateAdjacent,
        ProfileErrorKind::Format(2),
        ProfileErrorKind::Id(name()),
        ProfileErrorKind::Empty(name()),
        ProfileErrorKind::TooLong(name()),
        ProfileErrorKind::HiddenCharacters(name()),
        ProfileErrorKind::IbanCharacters,
        ProfileErrorKind::IbanCountry,
        ProfileErrorKind::IbanLength,
        ProfileErrorKind::IbanChecksum,
        ProfileErrorKind::BankMismatch { code: name(), holds: name(), named: name(), own: name() },
        ProfileErrorKind::UnknownBank(name()),
        ProfileErrorKind::AccountInText(name()),
        ProfileErrorKind::CodeInText(name()),
        ProfileErrorKind::LookAlike { key: name(), letter: 'а' },
        ProfileErrorKind::TemplateBrace,
        ProfileErrorKind::TemplatePlaceholder,
        ProfileErrorKind::Amount,
        ProfileErrorKind::Day,
        ProfileErrorKind::Email(name()),
        ProfileErrorKind::NoMailbox,
        ProfileErrorKind::CopyCount(0),
        ProfileErrorKind::Procedure(name()),
        ProfileErrorKind::Edition(name()),
        ProfileErrorKind::DuplicatePayment(name()),
        ProfileErrorKind::ForeignLink(name()),
    ] {
        let (key, args) = reason.message();
        for lang in [Lang::Tr, Lang::En] {
            assert!(Catalog::of(lang).has(key), "{key}");
            let given: BTreeSet<_> = args.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(Catalog::of(lang).placeholders(key), given, "{key}");
        }
    }
}

fn with_file(text: &str) -> SavedState {
    let mut saved_state = SavedState { role: Some(Role::OtherStaff), ..SavedState::default() };
    saved_state.apply(&Change::Import { profile: text.to_owned() });
    saved_state
}

#[test]
fn no_institution_applies_by_default_and_imported_ones_are_marked() {
    assert!(SavedState::default().institution().is_none());
    let saved_state = with_file(FULL_PROFILE);
    let stored = serde_json::to_value(&saved_state).unwrap();
    let again: SavedState = serde_json::from_value(stored).unwrap();
    assert_eq!(again, saved_state);
    let chosen = again.institution().unwrap();
    assert_eq!((chosen.origin, chosen.institution.id.as_str()), (Origin::File, "ornek-il"));
    assert_eq!(Checklist::of("lost", &again, None).unwrap().edition.id, "guide", "its edition is pinned");
}

#[test]
fn invalid_files_change_nothing() {
    let mut saved_state = with_file(FULL_PROFILE);
    let before = saved_state.clone();
    saved_state.apply(&Change::Import {
        profile: FULL_PROFILE.replace("TR27 0001 2000 0000 0000 0000 01", "TR27 0001 2000 0000 0000 0000 02"),
    });
    assert_eq!(saved_state, before);
}

#[test]
fn rejected_imports_are_reported_and_can_be_removed() {
    let stored = json!({"institution": "file:ornek-il", "imported": [FULL_PROFILE.replace("\"format\": 1", "\"format\": 2")]});
    let mut saved_state: SavedState = serde_json::from_value(stored).unwrap();
    assert!(saved_state.institution().is_none());
    let (file, error) = saved_state.rejected_import().unwrap();
    assert_eq!((file.id.as_str(), &error.kind), ("ornek-il", &ProfileErrorKind::Format(2)));
    saved_state.apply(&Change::Forget { id: "ornek-il".to_owned() });
    assert!(saved_state.imported.is_empty() && saved_state.rejected_import().is_none());
}

#[test]
fn imported_files_cannot_replace_built_in_profiles() {
    let mut saved_state = with_file(&FULL_PROFILE.replace("ornek-il", "mersin"));
    assert_eq!(saved_state.institution().unwrap().origin, Origin::File);
    saved_state.apply(&Change::Institution { institution: Some("mersin".to_owned()) });
    assert_eq!(saved_state.institution().unwrap().origin, Origin::BuiltIn);
    saved_state.apply(&Change::Institution { institution: Some("file:mersin".to_owned()) });
    saved_state.apply(&Change::Forget { id: "mersin".to_owned() });
    assert!(saved_state.institution().is_none() && saved_state.imported_institutions().next().is_none());
}

#[test]
fn importing_a_profile_again_replaces_it() {
    let mut saved_state = with_file(FULL_PROFILE);
    saved_state.apply(&Change::Import { profile: FULL_PROFILE.replace("Bilgi Sistemleri", "Yeni") });
    assert_eq!(saved_state.imported_institutions().count(), 1);
    assert!(saved_state.institution().unwrap().institution.unit.as_ref().unwrap().name.starts_with("Yeni"));
}

#[test]
fn a_valid_policy_takes_precedence() {
    let mut saved_state = with_file(FULL_PROFILE);
    saved_state.policy = Some(Institution::read(&FULL_PROFILE.replace("ornek-il", "politika")));
    assert_eq!(saved_state.institution().unwrap().origin, Origin::Policy);
    assert!(!serde_json::to_string(&saved_state).unwrap().contains("politika"), "it is not written down");
    saved_state.policy = Some(Institution::read("{}"));
    assert_eq!(saved_state.institution().unwrap().origin, Origin::File);
}

#[test]
fn the_profile_decides_who_pays() {
    let steps = |saved_state: &SavedState| -> Vec<String> {
        let list = Checklist::of("renewal", saved_state, None).unwrap();
        list.steps.iter().map(|state| state.step.id.clone()).collect()
    };
    let payer = |who: &str| {
        FULL_PROFILE
            .replace(r#""roles": ["family-physician"], "payer": "person""#, &format!(r#""payer": "{who}""#))
    };
    let mut others = with_file(&payer("person"));
    assert_eq!(steps(&others)[0], "pay", "others pay there, too");
    assert!(steps(&others).contains(&"deliver".to_owned()), "and hand in the receipt");
    others.institution = None;
    assert!(!steps(&others).contains(&"pay".to_owned()));
    let mut physician = with_file(&payer("institution"));
    physician.role = Some(Role::FamilyPhysician);
    assert!(!steps(&physician).contains(&"pay".to_owned()), "the institution pays for them");
}
