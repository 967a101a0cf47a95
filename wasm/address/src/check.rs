//! Finding abbreviations and writing them out.

use crate::casing;
use crate::finding::Finding;
use crate::letters::skeleton;
use crate::rule::{Rule, rules};
use crate::site::Site;
use crate::token::{Kind, Token, tokens};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A form and its rule.
type Candidate = (&'static str, &'static Rule);

/// Every abbreviation of the text, in order; no two overlap. Linear in the length of the text.
pub fn check(text: &str) -> Vec<Finding> {
    let letters: Vec<char> = text.chars().collect();
    let tokens = tokens(&letters);
    let mut findings = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match find(&letters, &tokens, at) {
            Some((site, rule)) => {
                findings.push(finding(&site, rule));
                at = site.after;
            }
            None => at += 1,
        }
    }
    findings
}

/// So many times a text is written out at the most; some abbreviations only show as such beside
/// their neighbours' full words ("S. Bnb." is "S. Binbaşı" first).
const MOST_PASSES: usize = 8;

/// The text with the preferred expansion of every finding, until nothing is left to find.
pub fn fix_all(text: &str) -> String {
    let mut fixed = text.to_owned();
    for _ in 0..MOST_PASSES {
        let findings = check(&fixed);
        if findings.is_empty() {
            break;
        }
        fixed = write_out(&fixed, findings);
    }
    fixed
}

fn write_out(text: &str, findings: Vec<Finding>) -> String {
    let mut fixed = String::with_capacity(2 * text.len());
    let mut letters = text.chars();
    let mut at = 0;
    for finding in findings {
        fixed.extend(letters.by_ref().take(finding.start - at));
        letters.by_ref().take(finding.end - finding.start).for_each(drop);
        at = finding.end;
        fixed.push_str(&finding.replacement(0).unwrap_or(finding.written));
    }
    fixed.extend(letters);
    fixed
}

fn find<'t>(text: &'t [char], tokens: &'t [Token], at: usize) -> Option<(Site<'t>, &'static Rule)> {
    candidates().get(tokens[at].word()?)?.iter().find_map(|(form, rule)| {
        let site = Site::of_form(text, tokens, at, form)?;
        holds(&site, rule).then_some((site, *rule))
    })
}

fn holds(site: &Site, rule: &Rule) -> bool {
    (site.dotted || !rule.dot)
        && site.is_one_of(site.previous_word(), &rule.previous)
        && site.is_one_of(site.next_word(), &rule.next)
        && rule.when.is_none_or(|condition| condition.holds(site))
}

fn finding(site: &Site, rule: &'static Rule) -> Finding {
    let glued_before = site.previous().filter(|_| !site.tokens[site.first].spaced);
    let next = site.text.get(site.end());
    Finding {
        start: site.start(),
        end: site.end(),
        written: site.text[site.start()..site.end()].iter().collect(),
        expansions: rule.expansions.iter().map(|word| casing::apply(site, rule.case, word)).collect(),
        severity: rule.severity,
        space_before: glued_before.is_some_and(|token| !matches!(token.kind, Kind::Mark(_))),
        space_after: next.is_some_and(|&letter| letter.is_alphanumeric() || letter == '('),
        rule: &rule.id,
    }
}

/// Forms and their rules by the skeleton of the form's first part; longer forms first, then in the rules' order.
fn candidates() -> &'static HashMap<String, Vec<Candidate>> {
    static CANDIDATES: OnceLock<HashMap<String, Vec<Candidate>>> = OnceLock::new();
    CANDIDATES.get_or_init(|| {
        let mut candidates: HashMap<String, Vec<Candidate>> = HashMap::new();
        for rule in rules() {
            for form in &rule.forms {
                let first_part = form.split('.').next().unwrap_or(form);
                candidates.entry(skeleton(first_part.chars())).or_default().push((form, rule));
            }
        }
        for forms in candidates.values_mut() {
            forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.split('.').count()));
        }
        candidates
    })
}
