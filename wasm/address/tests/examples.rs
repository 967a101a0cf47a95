//! The examples of every rule.

use eimza_address::{find_abbreviations, fix_all, rules};

#[test]
fn every_rule_finds_its_examples() {
    let mut failures = Vec::new();
    for rule in rules() {
        for (text, surface, expansion) in &rule.fires {
            let findings = find_abbreviations(text);
            let finding =
                findings.iter().find(|finding| finding.rule == rule.id && finding.written == *surface);
            match finding {
                None => {
                    let found = findings.iter().map(|finding| (finding.written.as_str(), finding.rule));
                    failures.push(format!("{}: {text:?} gives {:?}", rule.id, found.collect::<Vec<_>>()));
                }
                Some(finding) if finding.expansions[0] != *expansion || finding.severity != rule.severity => {
                    failures.push(format!("{}: {text:?} gives {finding:?}", rule.id));
                }
                Some(_) => {}
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_ignores_its_counter_examples() {
    for rule in rules() {
        for text in &rule.silent {
            let found: Vec<_> =
                find_abbreviations(text).into_iter().map(|finding| (finding.written, finding.rule)).collect();
            assert!(found.is_empty(), "{}: {text:?} gives {found:?}", rule.id);
        }
    }
}

#[test]
fn fixed_text_has_no_abbreviation() {
    for rule in rules() {
        for (text, ..) in &rule.fires {
            let fixed = fix_all(text);
            let left: Vec<_> =
                find_abbreviations(&fixed).into_iter().map(|finding| finding.written).collect();
            assert!(left.is_empty(), "{}: {text:?} becomes {fixed:?}, left {left:?}", rule.id);
        }
    }
}

#[test]
fn every_expansion_is_accepted() {
    for rule in rules() {
        for expansion in &rule.expansions {
            assert!(find_abbreviations(expansion).is_empty(), "{}: {expansion}", rule.id);
        }
    }
}

#[test]
fn positions_are_code_points_of_what_was_written() {
    for rule in rules() {
        for (text, ..) in &rule.fires {
            // A character outside the BMP, to tell code points from bytes and UTF-16 units.
            let text = format!("𝒜 {text}");
            let letters: Vec<char> = text.chars().collect();
            for finding in find_abbreviations(&text) {
                let there: String = letters[finding.start..finding.end].iter().collect();
                assert_eq!(there, finding.written, "{}: {text:?}", rule.id);
            }
        }
    }
}
