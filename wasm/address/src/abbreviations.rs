//! Finds abbreviations and writes them out.

use crate::abbreviation::Abbreviation;
use crate::context_condition::ContextCondition;
use crate::cut::{is_cut, is_vowel, is_whole_word};
use crate::occurrence::{Occurrence, letters};
use crate::rule::{Rule, rules};
use crate::skeleton::skeleton;
use crate::token::{Token, TokenKind, tokens};
use crate::{casing, heads, official_name, suffix};
use eimza_turkish::{NormalizedText, lower};
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
    if normalized.is_changed() {
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
            Some(finding) => {
                findings.push(finding.abbreviation());
                at = finding.occurrence.after;
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

/// An abbreviation of a rule in the text.
pub struct Finding<'t> {
    pub occurrence: Occurrence<'t>,
    rule: &'static Rule,
    /// The full word with the suffix that is written behind the abbreviation.
    inflected: Option<String>,
}

fn find<'t>(text: &'t [char], tokens: &'t [Token], at: usize) -> Option<Finding<'t>> {
    visit_candidates(text, tokens, at, &mut |occurrence, rule| Finding::of(occurrence, rule).ok())
}

/// Calls `visit` for every rule that the word at `at` can belong to by its letters, in the order in which they are
/// tried, until it returns a value.
pub fn visit_candidates<'t, T>(
    text: &'t [char],
    tokens: &'t [Token],
    at: usize,
    visit: &mut dyn FnMut(Occurrence<'t>, &'static Rule) -> Option<T>,
) -> Option<T> {
    let word = tokens[at].word()?;
    for (form, rule) in candidates().get(word).into_iter().flatten() {
        if let Some(occurrence) = Occurrence::of_form(text, tokens, at, form)
            && let Some(value) = visit(occurrence, rule)
        {
            return Some(value);
        }
    }
    let occurrence = Occurrence::of_word(text, tokens, at);
    if !may_be_cut(&occurrence, word)
        || is_whole_word(letters(text, &tokens[at]), word)
        || is_official(&occurrence, word)
    {
        return None;
    }
    rules_with_word()
        .iter()
        .filter(|(full, _)| is_cut(letters(text, &tokens[at]), full))
        .find_map(|(_, rule)| visit(Occurrence::of_word(text, tokens, at), rule))
}

/// The minimum length of a cut that no rule lists.
const SHORTEST_CUT: usize = 3;

/// Returns whether a word may be cut short: it has a dot, or no vowel. Acronyms and names that are not followed by
/// a dot have vowels.
fn may_be_cut(occurrence: &Occurrence, word: &str) -> bool {
    word.len() >= SHORTEST_CUT
        && (occurrence.dotted || (occurrence.previous().is_some() && !word.chars().any(is_vowel)))
}

/// Returns whether the word is a form of a rule, but part of an official name: then it is not another word cut
/// short, either.
fn is_official(occurrence: &Occurrence, word: &str) -> bool {
    candidates().get(word).into_iter().flatten().any(|(_, rule)| official_name::has(occurrence, rule))
}

/// Why a rule does not apply to an occurrence of its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The dot is missing.
    Dot,
    /// The word before is none of those that the rule names.
    Previous,
    /// The word after is none of those that the rule names.
    Next,
    /// The rule's condition on the neighbours does not hold.
    Condition(ContextCondition),
    /// It is part of an official name.
    OfficialName,
}

impl<'t> Finding<'t> {
    /// Returns the finding of a rule, with the suffix where there is one, or why there is none.
    pub fn of(occurrence: Occurrence<'t>, rule: &'static Rule) -> Result<Self, Refusal> {
        if let Some((occurrence, inflected)) = suffix::of(&occurrence, rule)
            && refusal(&occurrence, rule).is_none()
        {
            return Ok(Self { occurrence, rule, inflected: Some(inflected) });
        }
        match refusal(&occurrence, rule) {
            Some(refusal) => Err(refusal),
            None => Ok(Self { occurrence, rule, inflected: None }),
        }
    }

    /// Returns the full words in the letter case of the text, the preferred one first.
    fn expansions(&self) -> Vec<String> {
        let in_case = |word: &String| casing::apply(&self.occurrence, self.rule.case, word);
        if let Some(inflected) = &self.inflected {
            return vec![in_case(inflected)];
        }
        let mut expansions: Vec<String> = self.rule.expansions.iter().map(in_case).collect();
        if self.rule.head && heads::opens_name_of_head(&self.occurrence) {
            expansions.rotate_right(1); // the bare word is the last one
        }
        expansions
    }

    /// Returns the finding as it is reported.
    pub fn abbreviation(&self) -> Abbreviation {
        let Self { occurrence, rule, .. } = self;
        let joined_before = occurrence.previous().filter(|_| !occurrence.tokens[occurrence.first].spaced);
        let next = occurrence.text.get(occurrence.end());
        Abbreviation {
            start: occurrence.start(),
            end: occurrence.end(),
            written: occurrence.text[occurrence.start()..occurrence.end()].iter().collect(),
            expansions: self.expansions(),
            severity: rule.severity,
            space_before: joined_before.is_some_and(|token| !matches!(token.kind, TokenKind::Mark(_))),
            space_after: next.is_some_and(|&letter| letter.is_alphanumeric() || letter == '('),
            rule: &rule.id,
        }
    }
}

fn refusal(occurrence: &Occurrence, rule: &Rule) -> Option<Refusal> {
    if rule.dot && !occurrence.dotted {
        Some(Refusal::Dot)
    } else if !occurrence.is_one_of(occurrence.previous_word(), &rule.previous) {
        Some(Refusal::Previous)
    } else if !occurrence.is_one_of(occurrence.next_word(), &rule.next) {
        Some(Refusal::Next)
    } else if let Some(condition) = rule.when.filter(|condition| !condition.holds(occurrence)) {
        Some(Refusal::Condition(condition))
    } else {
        official_name::has(occurrence, rule).then_some(Refusal::OfficialName)
    }
}

/// Returns the rules with a word, in lower case, in the order in which they are tried.
fn rules_with_word() -> &'static [Candidate] {
    static RULES: OnceLock<Vec<Candidate>> = OnceLock::new();
    RULES.get_or_init(|| {
        rules().iter().filter_map(|rule| Some((&*lower(rule.word.as_ref()?).leak(), rule))).collect()
    })
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
