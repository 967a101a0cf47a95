//! Which rules see what in an address, and why the others do not apply.

use crate::abbreviation::Abbreviation;
use crate::abbreviations::{Finding, Refusal, visit_candidates};
use crate::rule::Rule;
use crate::token::tokens;
use eimza_turkish::NormalizedText;
use std::ops::Range;

/// What the rules say about one word of a text.
#[derive(Debug)]
pub struct Explanation {
    /// The range of the word, in code points of the text.
    pub range: Range<usize>,
    /// The word as it was written.
    pub written: String,
    /// The rules that the word can belong to by its letters, but that do not apply, with the reason.
    pub refused: Vec<(&'static Rule, Refusal)>,
    /// The abbreviation that was found in the end.
    pub found: Option<Abbreviation>,
}

/// Explains every word of a text: the findings are those of [`crate::find_abbreviations`].
#[must_use]
pub fn explain(text: &str) -> Vec<Explanation> {
    let normalized = NormalizedText::of(text);
    let original: Vec<char> = text.chars().collect();
    let letters: Vec<char> = normalized.as_str().chars().collect();
    let tokens = tokens(&letters);
    let mut explanations = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].word().is_none() {
            at += 1;
            continue;
        }
        let mut refused = Vec::new();
        let finding = visit_candidates(&letters, &tokens, at, &mut |occurrence, rule| {
            Finding::of(occurrence, rule).map_err(|refusal| refused.push((rule, refusal))).ok()
        });
        let found = finding.as_ref().map(Finding::abbreviation);
        let range = found.as_ref().map_or(tokens[at].start..tokens[at].end, |found| found.start..found.end);
        let range = normalized.original_range(range);
        let written: String = original[range.clone()].iter().collect();
        let found = found.map(|found| Abbreviation {
            start: range.start,
            end: range.end,
            written: written.clone(),
            ..found
        });
        explanations.push(Explanation { range, written, refused, found });
        at = finding.map_or(at + 1, |finding| finding.occurrence.after);
    }
    explanations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{find_abbreviations, rules};

    #[test]
    fn names_the_rule_and_the_reasons_of_the_others() {
        let [.., hospital] = &explain("Lale Sağ. Hast")[..] else { panic!("no word") };
        assert_eq!((hospital.range.clone(), hospital.written.as_str()), (10..14, "Hast"));
        assert_eq!(hospital.found.as_ref().map(|found| found.rule), Some("hospital"));

        let [_, block] = &explain("Gül D")[..] else { panic!("two words") };
        assert!(block.found.is_none());
        let reasons: Vec<_> =
            block.refused.iter().map(|(rule, refusal)| (rule.id.as_str(), *refusal)).collect();
        assert!(reasons.contains(&("tax-office", Refusal::Dot)), "{reasons:?}");
        let condition = Refusal::Condition(crate::ContextCondition::UnitLetter);
        assert!(reasons.contains(&("flat-letter", condition)), "{reasons:?}");
    }

    #[test]
    fn finds_the_same_as_the_check() {
        let examples = rules().iter().flat_map(|rule| rule.fires.iter().map(|(text, ..)| text.as_str()));
        for text in examples.chain(["I\u{307}s\u{327}h. C\u{327}rs\u{327}.\u{200b} Cad.si", ""]) {
            let explained: Vec<_> = explain(text).into_iter().filter_map(|word| word.found).collect();
            assert_eq!(explained, find_abbreviations(text), "{text}");
        }
    }
}
