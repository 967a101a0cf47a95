//! Tests of `doctor`: each part has its own problems.

use crate::support::{VirtualCard, assert_every_part_is_well};
use crate::wine::{Portable, delete_key, set};
use serde_json::Value;

/// Returns the codes of the problems with one part.
fn problems(portable: &Portable, part: &str) -> Vec<String> {
    let (output, _) = portable.run(&["doctor", "--json"]);
    let output: Value = serde_json::from_str(&output).unwrap();
    let findings = output["findings"].as_array().unwrap().iter().filter(|finding| finding["part"] == part);
    findings.map(|finding| finding["problem"]["code"].as_str().unwrap_or("none").to_owned()).collect()
}

#[test]
fn working_installation_has_no_problem() {
    let portable = Portable::new();
    set(r"HKCU\Software\Chromium\BLBeacon", Some("version"), "REG_SZ", "1");
    portable.run(&["register"]);
    let _card = VirtualCard::insert(&[]);
    let (text, status) = portable.run(&["doctor"]);
    assert_every_part_is_well(&text);
    assert_eq!(status, Some(0), "{text}");
}

#[test]
fn reader_without_a_card_is_a_problem_of_the_card() {
    let portable = Portable::new();
    assert_eq!(problems(&portable, "service"), ["none"]);
    assert_eq!(problems(&portable, "card"), ["no-card"; 2]);
}

#[test]
fn dialog_needs_no_program() {
    assert_eq!(problems(&Portable::new(), "window"), ["none"]);
}

#[test]
fn each_problem_of_a_browser_is_reported() {
    let portable = Portable::new();
    let browser = || problems(&portable, "browser");
    assert_eq!(browser(), [""; 0]);
    set(r"HKCU\Software\Chromium\BLBeacon", Some("version"), "REG_SZ", "1");
    assert_eq!(browser(), ["not-registered"]);
    portable.run(&["register"]);
    assert_eq!(browser(), ["none"]);

    let policies = r"HKLM\Software\Policies\Chromium";
    set(policies, Some("NativeMessagingUserLevelHosts"), "REG_DWORD", "0");
    assert_eq!(browser(), ["policy-user-level"]);
    delete_key(policies);
    set(&format!(r"{policies}\NativeMessagingBlocklist"), Some("1"), "REG_SZ", "*");
    assert_eq!(browser(), ["policy-blocks-host"]);
    set(&format!(r"{policies}\NativeMessagingAllowlist"), Some("1"), "REG_SZ", "eimza.yardimcisi.host");
    assert_eq!(browser(), ["none"]);
    delete_key(policies);
}
