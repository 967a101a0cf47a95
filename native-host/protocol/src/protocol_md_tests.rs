//! Tests the examples and the table of codes in `PROTOCOL.md`.

use crate::{HostMessage, Problem, Request, problem_codes};
use alloc::vec::Vec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const PROTOCOL_MD: &str = include_str!("../PROTOCOL.md");

/// Returns the lines of all code blocks.
fn examples() -> impl Iterator<Item = &'static str> {
    PROTOCOL_MD.split("```").skip(1).step_by(2).flat_map(|block| block.lines().skip(1))
}

fn is_request(line: &str) -> bool {
    line.contains("\"command\"")
}

fn assert_round_trip<T: Serialize + DeserializeOwned>(line: &str) {
    let message: T = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    let serialized = serde_json::to_value(&message).unwrap();
    let mut expected: Value = serde_json::from_str(line).unwrap();
    if is_request(line) && expected.get("lang").is_none() {
        expected["lang"] = "tr".into(); // the default
    }
    assert_eq!(serialized, expected);
}

#[test]
fn every_example_is_a_message() {
    assert!(examples().count() > 10);
    for line in examples() {
        if is_request(line) {
            assert_round_trip::<Request>(line);
        } else {
            assert_round_trip::<HostMessage>(line);
        }
    }
}

#[test]
fn rejects_every_example_with_an_unknown_field() {
    for line in examples() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        value["pin"] = "1234".into();
        let accepted = if is_request(line) {
            serde_json::from_value::<Request>(value).is_ok()
        } else {
            serde_json::from_value::<HostMessage>(value).is_ok()
        };
        assert!(!accepted, "{line}");
    }
}

#[test]
fn the_table_lists_exactly_the_problem_codes() {
    let (_, table) = PROTOCOL_MD.split_once("| category | codes |").unwrap();
    let listed: Vec<&str> = table.split('`').skip(1).step_by(2).collect();
    for code in &listed {
        let known = [
            serde_json::json!({"code": code}),
            serde_json::json!({"code": code, "reason": "x"}),
            serde_json::json!({"code": code, "status": "6F00"}),
            serde_json::json!({"code": code, "package": "x"}),
            serde_json::json!({"code": code, "path": "/x"}),
            serde_json::json!({"code": code, "path": "/x", "keys": ["type"]}),
        ];
        assert!(
            known.into_iter().any(|problem| serde_json::from_value::<Problem>(problem).is_ok()),
            "{code}"
        );
    }
    assert!(problem_codes().len() > 20);
    assert!(problem_codes().iter().all(|code| listed.contains(&code.as_str())), "{:?}", problem_codes());
}
