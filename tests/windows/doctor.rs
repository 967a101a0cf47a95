//! `doctor`: each part that is missing or wrong is told apart.

use crate::wine::{Portable, forget, set};
use serde_json::Value;

const SERVICE: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\SCardSvr";

/// The codes of what is wrong with one part.
fn faults(portable: &Portable, part: &str) -> Vec<String> {
    let (said, _) = portable.run(&["doctor", "--json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    let findings = said["findings"].as_array().unwrap().iter().filter(|finding| finding["part"] == part);
    findings.map(|finding| finding["problem"]["code"].as_str().unwrap_or("none").to_owned()).collect()
}

/// Windows starts the service with the first reader, unless somebody has turned it off.
#[test]
fn a_service_that_is_off_is_told_from_a_missing_reader() {
    let portable = Portable::new();
    assert_eq!(faults(&portable, "service"), ["no-service"]);
    set(SERVICE, Some("Start"), "REG_DWORD", "4");
    assert_eq!(faults(&portable, "service"), ["no-service"]);
    set(SERVICE, Some("Start"), "REG_DWORD", "3");
    assert_eq!(faults(&portable, "service"), ["none"]);
    assert_eq!(faults(&portable, "reader"), ["no-reader"]);
    forget(SERVICE);
}

#[test]
fn the_window_needs_no_program() {
    assert_eq!(faults(&Portable::new(), "window"), ["none"]);
}

#[test]
fn each_fault_of_a_browser_is_told() {
    let portable = Portable::new();
    let browser = || faults(&portable, "browser");
    assert_eq!(browser(), [""; 0]);
    set(r"HKCU\Software\Chromium\BLBeacon", Some("version"), "REG_SZ", "1");
    assert_eq!(browser(), ["not-registered"]);
    portable.run(&["register"]);
    assert_eq!(browser(), ["none"]);

    let policies = r"HKLM\Software\Policies\Chromium";
    set(policies, Some("NativeMessagingUserLevelHosts"), "REG_DWORD", "0");
    assert_eq!(browser(), ["policy-user-level"]);
    forget(policies);
    set(&format!(r"{policies}\NativeMessagingBlocklist"), Some("1"), "REG_SZ", "*");
    assert_eq!(browser(), ["policy-blocks-host"]);
    set(&format!(r"{policies}\NativeMessagingAllowlist"), Some("1"), "REG_SZ", "eimza.yardimcisi.host");
    assert_eq!(browser(), ["none"]);
    forget(policies);
}
