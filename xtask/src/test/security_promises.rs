//! Source rule: every promise of SECURITY.md names tests that exist.

use std::collections::BTreeSet;
use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(crate::workspace::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the cells of each row of the tables in a Markdown text, without header rows.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut rows = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("| ")) {
        let is_header = lines.get(index + 1).is_some_and(|next| next.starts_with("|--"));
        if !is_header {
            rows.push(line.trim_matches('|').split(" | ").map(str::trim).collect());
        }
    }
    rows
}

/// Returns the promises: the first cell of each row, and the section without a table.
fn promises(security: &str) -> BTreeSet<String> {
    let cells = rows(security).into_iter().map(|row| row[0].to_owned());
    cells.chain(["What leaves the computer".to_owned()]).collect()
}

/// Returns whether a file contains a test of this name: a function in Rust, a title in a script.
fn has_test(path: &str, text: &str, name: &str) -> bool {
    if name == "fuzz_target!" {
        return path.starts_with("fuzz/") && text.contains(name);
    }
    let is_function = !name.contains(' ');
    if is_function { text.contains(&format!("fn {name}(")) } else { text.contains(name) }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let security = read("SECURITY.md");
    assert!(security.contains("## What leaves the computer"));
    let table = read("docs/security-tests.md");
    let rows = rows(&table);
    assert!(rows.len() > 40);
    let covered: BTreeSet<String> = rows.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(promises(&security), covered);
    for row in rows.iter().filter(|row| row.len() == 3) {
        let path = row[1].trim_matches('`');
        assert!(has_test(path, &read(path), row[2]), "{path} has no test {:?}", row[2]);
    }
}

#[test]
fn promises_without_a_test_have_a_reason() {
    let table = read("docs/security-tests.md");
    let (_, without) = table.split_once("## Without a test").unwrap();
    assert!(rows(without).iter().all(|row| row.len() == 2 && row[1].len() > 40));
}

#[test]
fn tables_and_tests_are_recognised() {
    let text = "| a | b |\n|---|---|\n| one | 1 |\n| two (`x`) | 2 |\n\ntext | no row\n";
    assert_eq!(rows(text), [vec!["one", "1"], vec!["two (`x`)", "2"]]);
    assert!(has_test("a.rs", "#[test]\nfn holds() {", "holds"));
    assert!(!has_test("a.rs", "// holds", "holds"));
    assert!(!has_test("a.mjs", "test('it holds')", "it does not hold"));
}
