//! Finds abbreviations and writes them out.

use crate::abbreviation::Abbreviation;
use crate::casing;
use crate::occurrence::Occurrence;
use crate::rule::{Rule, rules};
use crate::skeleton::skeleton;
use crate::token::{Token, TokenKind, tokens};
use eimza_turkish::NormalizedText;
use std::collections::HashMap;
use std::sync::OnceLock;

/// An abbreviation in lower case and its rule.
type Candidate = (&'static str, &'static Rule);

/// Finds every abbreviation of a text, in order and without overlaps. Letters may be decomposed and invisible
/// characters may be among them. Takes time linear in the length of the text.
pub fn find_abbreviations(text: &str) -> Vec<Abbreviation> {
    let normalized = NormalizedText::of(text);
    let letters: Vec<char> = normalized.as_str().chars().collect();
    let mut abbreviations = abbreviations_in(&letters);
    if normalized.is_changed() && !abbreviations.is_empty() {
        let letters: Vec<char> = text.chars().collect();
        for abbreviation in &mut abbreviations {
            let range = normalized.original_range(abbreviation.start..abbreviation.end);
            abbreviation.written = letters[range.clone()].iter().collect();
            (abbreviation.start, abbreviation.end) = (range.start, range.end);
        }
    }
    abbreviations
}

/// Finds every abbreviation of a normalized text.
fn abbreviations_in(letters: &[char]) -> Vec<Abbreviation> {
    let tokens = tokens(letters);
    let mut findings = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match find(letters, &tokens, at) {
            Some((occurrence, rule)) => {
                findings.push(finding(&occurrence, rule));
                at = occurrence.after;
            }
            None => at += 1,
        }
    }
    findings
}

/// The maximum number of passes of [`fix_all`]. Some abbreviations are only found next to the full words of
/// their neighbours ("S. Bnb." becomes "S. Binbaşı" first).
const MAX_PASSES: usize = 8;

/// Writes out every abbreviation with its preferred expansion, until none is found.
pub fn fix_all(text: &str) -> String {
    let mut fixed = text.to_owned();
    for _ in 0..MAX_PASSES {
        let findings = find_abbreviations(&fixed);
        if findings.is_empty() {
            break;
        }
        fixed = write_out(&fixed, findings);
    }
    fixed
}

fn write_out(text: &str, findings: Vec<Abbreviation>) -> String {
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

fn find<'t>(text: &'t [char], tokens: &'t [Token], at: usize) -> Option<(Occurrence<'t>, &'static Rule)> {
    candidates().get(tokens[at].word()?)?.iter().find_map(|(form, rule)| {
        let occurrence = Occurrence::of_form(text, tokens, at, form)?;
        holds(&occurrence, rule).then_some((occurrence, *rule))
    })
}

fn holds(occurrence: &Occurrence, rule: &Rule) -> bool {
    (occurrence.dotted || !rule.dot)
        && occurrence.is_one_of(occurrence.previous_word(), &rule.previous)
        && occurrence.is_one_of(occurrence.next_word(), &rule.next)
        && rule.when.is_none_or(|condition| condition.holds(occurrence))
}

fn finding(occurrence: &Occurrence, rule: &'static Rule) -> Abbreviation {
    let joined_before = occurrence.previous().filter(|_| !occurrence.tokens[occurrence.first].spaced);
    let next = occurrence.text.get(occurrence.end());
    Abbreviation {
        start: occurrence.start(),
        end: occurrence.end(),
        written: occurrence.text[occurrence.start()..occurrence.end()].iter().collect(),
        expansions: rule.expansions.iter().map(|word| casing::apply(occurrence, rule.case, word)).collect(),
        severity: rule.severity,
        space_before: joined_before.is_some_and(|token| !matches!(token.kind, TokenKind::Mark(_))),
        space_after: next.is_some_and(|&letter| letter.is_alphanumeric() || letter == '('),
        rule: &rule.id,
    }
}

/// Returns the candidates by the skeleton of the form's first part; forms with more parts first, then in the
/// order of the rules.
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
