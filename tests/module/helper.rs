//! The helper process.

use crate::driver::{Driver, NEW_PIN, PUK};
use crate::insert_unconfirmed_card;
use crate::support::{HOST, Host, ScriptedPinentry, origin, wait_for};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Starts a host and an unlock, and waits until the question for the new PIN is open.
pub fn host_at_second_question(driver: &Driver, pinentry: &ScriptedPinentry) -> Host {
    host_at_second_question_under(&[], driver, pinentry)
}

/// The same with a program that starts the host with other rights.
fn host_at_second_question_under(program: &[&str], driver: &Driver, pinentry: &ScriptedPinentry) -> Host {
    let mut command = driver.host_under(program, &[&origin()]);
    let mut host = Host::start_and_greet(command.env("PATH", pinentry.path()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    wait_for("the second question", || pinentry.times_asked() == 2);
    host
}

/// Returns a pinentry that pauses at the question for the new PIN.
pub fn pausing_pinentry(puk: &str, new_pin: &str) -> ScriptedPinentry {
    ScriptedPinentry::new(&json!({"PUK": [puk], "Yeni PIN": ["<pause>", new_pin], "CONFIRM": ["yes"]}))
}

#[test]
fn helper_has_nothing_of_the_host() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let pinentry = pausing_pinentry(PUK, NEW_PIN);
    let mut host = host_at_second_question(&driver, &pinentry);
    let helper = format!("/proc/{}", driver.process().unwrap());
    let read = |name: &str| fs::read(format!("{helper}/{name}")).unwrap();
    assert!(read("environ").is_empty());
    assert_eq!(fs::read_link(format!("{helper}/cwd")).unwrap().to_str(), Some("/"));
    assert_eq!(read("cmdline"), b"eimza-host\0module-helper\0");
    assert_eq!(fs::read_dir(format!("{helper}/task")).unwrap().count(), 1, "one thread");
    let files = |process: u32| -> Vec<String> {
        let files = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
        files
            .map(|file| fs::read_link(file.unwrap().path()).unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let own = files(driver.process().unwrap());
    let of_standard = |number| fs::read_link(format!("{helper}/fd/{number}")).unwrap();
    assert!((0..3).all(|number| of_standard(number) == Path::new("/dev/null")), "{own:?}");
    assert_eq!(own.iter().filter(|file| file.starts_with("socket:")).count(), 1, "{own:?}");
    // Not the pipes to the browser, nor the connection to the smart-card service.
    let to_browser =
        [0, 1].map(|number| fs::read_link(format!("/proc/{}/fd/{number}", host.process())).unwrap());
    assert!(to_browser.iter().all(|pipe| !own.contains(&pipe.to_string_lossy().into_owned())), "{own:?}");
    let status = String::from_utf8(read("limits")).unwrap();
    assert!(
        status.lines().any(|line| line.starts_with("Max core file size") && line.contains(" 0 ")),
        "{status}"
    );
    pinentry.resume();
    assert!(host.receive_reply()["result"].to_string().contains("unlocked"));
    wait_for("the end of the helper", || !fs::exists(&helper).unwrap());
}

/// Takes away the rights of root that read any memory (capabilities(7)); what remains are those of every user.
const WITHOUT_CAPABILITIES: [&str; 3] = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];

/// Another program of the same user can neither attach to the helper nor read its memory (ptrace(2)). The mark does
/// not survive the start of a program, so the helper sets it anew.
#[test]
fn memory_of_the_helper_is_closed_to_other_programs_of_the_user() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let pinentry = pausing_pinentry(PUK, NEW_PIN);
    let host = host_at_second_question_under(&WITHOUT_CAPABILITIES, &driver, &pinentry);
    let can_read = |process: &str| {
        let files = ["environ", "maps", "auxv"].map(|name| format!("/proc/{process}/{name}"));
        let read = |file| {
            let mut command = Command::new(WITHOUT_CAPABILITIES[0]);
            command
                .args(&WITHOUT_CAPABILITIES[1..])
                .args(["cat", file])
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command.status().unwrap().success()
        };
        files.each_ref().map(|file| read(file))
    };
    for process in [driver.process().unwrap(), host.process()] {
        assert_eq!(can_read(&process.to_string()), [false; 3], "{process}");
    }
    assert_eq!(can_read(&pinentry.process().unwrap()), [true; 3], "other programs are open");
}

#[test]
fn helper_ends_with_its_host() {
    let _card = insert_unconfirmed_card();
    for is_hanging in [false, true] {
        let driver = Driver::showing_card("");
        let pinentry = pausing_pinentry(PUK, NEW_PIN);
        let host = host_at_second_question(&driver, &pinentry);
        let helper = format!("/proc/{}", driver.process().unwrap());
        if is_hanging {
            driver.configure("token card.der\nhang C_OpenSession");
            pinentry.resume();
            wait_for("the hanging call", || driver.count("C_OpenSession") == 2);
        }
        assert!(fs::exists(&helper).unwrap());
        drop(host); // killed
        wait_for("the end of the helper", || !is_running(&helper));
    }
}

/// Returns whether a process, named by its folder in `/proc`, runs.
pub fn is_running(process: &str) -> bool {
    fs::read_to_string(format!("{process}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn output_of_a_module_does_not_reach_the_browser() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("print");
    let pinentry = ScriptedPinentry::entering(PUK, NEW_PIN);
    let mut command = driver.host(&[&origin()]);
    let mut host = Host::start_and_greet(command.env("PATH", pinentry.path()).stderr(Stdio::null()));
    host.send(&json!({"id": 1, "command": "unlock"}));
    assert!(host.receive_reply()["result"]["unlocked"].is_object());
    let (rest, status) = host.end();
    assert!(rest.is_empty() && status.success(), "{rest:?}");
}

#[test]
fn helper_is_no_command_of_users() {
    for stdin in [Stdio::null(), Stdio::piped()] {
        let output = Command::new(HOST).arg("module-helper").stdin(stdin).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
}

/// Status and watching answer at once and touch no library; only operations, doctor and the report do.
#[test]
fn status_loads_no_module() {
    let _card = insert_unconfirmed_card();
    let driver = Driver::showing_card("");
    let output = driver.host(&["status", "--json"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"card\""), "{output:?}");
    assert_eq!(driver.calls(), [""; 0]);
}
