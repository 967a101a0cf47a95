//! Tests of what a watch costs while nothing changes. Run by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod support;

use serde_json::json;
use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;
use support::{HOST, Host, VirtualCard, origin};

/// Ticks of the processor that a process has used: the 14th and 15th value of its `stat` (proc(5)).
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let values: Vec<_> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    values[11].parse::<u64>().unwrap() + values[12].parse::<u64>().unwrap()
}

/// Some services return at once whenever they are asked to wait, such as that of Wine.
#[test]
fn idle_watch_reads_the_card_once_and_uses_one_percent_of_a_processor_at_most() {
    const TIME: Duration = Duration::from_secs(10);
    /// `getconf CLK_TCK` on Linux.
    const TICKS_PER_SECOND: u64 = 100;

    let card = VirtualCard::insert(&[]);
    let before = card.log().len();
    let mut host = Host::start_and_greet(Command::new(HOST).arg(origin()));
    host.send(&json!({"id": 1, "command": "watch"}));
    while !host.receive().unwrap()["readers"][0]["card"].is_object() {}
    let start = ticks(host.process());
    thread::sleep(TIME); // what is measured is what happens in a time
    let used = ticks(host.process()) - start;
    let commands = card.log().len() - before;
    assert!(commands <= 30, "{commands} commands");
    assert!(used <= TIME.as_secs() * TICKS_PER_SECOND / 100, "{used} ticks");
}
