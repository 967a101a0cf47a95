//! What doctor, status and the card report say about the module.

use crate::driver::Driver;
use crate::support::VirtualCard;
use crate::{insert_unconfirmed_card, trust};
use serde_json::Value;

/// Returns the findings of one part, and the whole output as text.
fn doctor(driver: &Driver) -> (Vec<Value>, Vec<Value>) {
    let output = driver.host(&["doctor", "--json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |part: &str| {
        let findings = report["findings"].as_array().unwrap().iter();
        findings.filter(|finding| finding["part"] == part).cloned().collect()
    };
    (of("card"), of("module"))
}

fn route(findings: &[Value]) -> &str {
    findings[0]["route"].as_str().unwrap_or_default()
}

#[test]
fn doctor_names_the_module_and_the_route_of_the_card() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let (card, module) = doctor(&driver);
    assert_eq!(route(&card), "module", "{card:?}");
    assert_eq!(module[0]["name"], "TEST[31m MAKER 7.3", "cleaned: {module:?}");
    assert_eq!(module[0].get("problem"), None);
    assert_eq!(driver.calls_with_codes(), [""; 0]);
}

#[test]
fn doctor_says_why_a_card_takes_another_route() {
    for (settings, problem) in [("token", None), ("crash C_Initialize", Some("module-failed"))] {
        let _card = insert_unconfirmed_card();
        let driver = Driver::misbehaving(settings);
        let (card, module) = doctor(&driver);
        assert_eq!(route(&card), "unconfirmed-commands", "{settings}");
        assert_eq!(module[0]["problem"]["code"].as_str(), problem, "{settings}: {module:?}");
    }
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    std::fs::remove_file(driver.library()).unwrap();
    assert_eq!(doctor(&driver).1[0]["problem"]["code"], "module-missing");
    let driver = Driver::showing_card("");
    trust::set_mode(driver.library(), 0o666);
    let (card, module) = doctor(&driver);
    assert_eq!(module[0]["problem"]["code"], "module-unsafe");
    assert_eq!(module[0]["problem"]["path"], "/usr/local/lib/libakisp11.so");
    assert_eq!(route(&card), "unconfirmed-commands");
    assert_eq!(driver.calls(), [""; 0]);
}

#[test]
fn card_that_needs_no_module_loads_none_for_a_diagnosis() {
    for (profile, expected) in [("sanal", "commands"), ("kimlik-pkcs15", "")] {
        let _card = VirtualCard::insert(&["--profile", profile]);
        let driver = Driver::misbehaving("");
        let (card, module) = doctor(&driver);
        assert_eq!((route(&card), module[0].get("problem")), (expected, None), "{profile}");
        driver.host(&["status", "--report"]).output().unwrap();
        assert_eq!(driver.calls(), [""; 0], "{profile}");
    }
}

/// The label and the serial number of the token are those of a person.
#[test]
fn report_describes_the_module_without_names_and_numbers_of_the_card() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("flags 4194304");
    let output = driver.host(&["status", "--report"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for expected in [
        "module: trusted\n",
        "module maker and version: TEST[31m MAKER 7.3\n",
        "token flags: 400000 SO_PIN_LOCKED\n",
        "cards that it shows: 1",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    for personal in ["A NAME", "1234567890123456", "ÖRNEK", "4B414D55"] {
        assert!(!text.contains(personal), "{personal}\n{text}");
    }
    assert_eq!(driver.calls_with_codes(), [""; 0]);
}

#[test]
fn status_names_the_expected_route() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let route = || {
        let output = driver.host(&["status", "--json"]).output().unwrap();
        let status: Value = serde_json::from_slice(&output.stdout).unwrap();
        status["readers"][0]["card"]["route"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(route(), "module");
    trust::set_mode(driver.library(), 0o666);
    assert_eq!(route(), "unconfirmed-commands");
    assert_eq!(driver.calls(), [""; 0]);
}
