//! `PROTOCOL.md` is true: each of its examples is a message, and is written again as it was read.

use crate::{Message, Problem, Request, problem_codes};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const PROSE: &str = include_str!("../PROTOCOL.md");

/// The lines of all code blocks.
fn examples() -> impl Iterator<Item = &'static str> {
    PROSE.split("```").skip(1).step_by(2).flat_map(|block| block.lines().skip(1))
}

fn is_request(line: &str) -> bool {
    line.contains("\"command\"")
}

fn survives<T: Serialize + DeserializeOwned>(line: &str) {
    let message: T = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    let again = serde_json::to_value(&message).unwrap();
    let mut written: Value = serde_json::from_str(line).unwrap();
    if is_request(line) && written.get("lang").is_none() {
        written["lang"] = "tr".into(); // what is meant where none is given
    }
    assert_eq!(again, written);
}

#[test]
fn every_example_is_a_message() {
    assert!(examples().count() > 10);
    for line in examples() {
        if is_request(line) { survives::<Request>(line) } else { survives::<Message>(line) }
    }
}

#[test]
fn an_unknown_field_makes_no_message_of_any_example() {
    for line in examples() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        value["pin"] = "1234".into();
        let accepted = if is_request(line) {
            serde_json::from_value::<Request>(value).is_ok()
        } else {
            serde_json::from_value::<Message>(value).is_ok()
        };
        assert!(!accepted, "{line}");
    }
}

#[test]
fn every_code_of_the_table_is_a_problem_and_the_table_has_every_code() {
    let (_, table) = PROSE.split_once("| about | codes |").unwrap();
    let listed: Vec<&str> = table.split('`').skip(1).step_by(2).collect();
    for code in &listed {
        let known = [
            serde_json::json!({"code": code}),
            serde_json::json!({"code": code, "reason": "x"}),
            serde_json::json!({"code": code, "status": "6F00"}),
            serde_json::json!({"code": code, "package": "x"}),
            serde_json::json!({"code": code, "path": "/x"}),
        ];
        assert!(
            known.into_iter().any(|problem| serde_json::from_value::<Problem>(problem).is_ok()),
            "{code}"
        );
    }
    assert!(problem_codes().len() > 20);
    assert!(problem_codes().iter().all(|code| listed.contains(&code.as_str())), "{:?}", problem_codes());
}
