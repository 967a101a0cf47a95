//! Heads: the words after a name that say what it is the name of ("Hastanesi", "Caddesi", "Karşısı").

use crate::cut::is_cut;
use crate::occurrence::{Occurrence, letters};
use crate::rule::{Category, Rule, rules};
use crate::skeleton::skeleton;
use crate::token::Token;
use eimza_turkish::lower;
use std::sync::OnceLock;

/// Skeletons of heads that are no rule's full word.
const OTHERS: [&str; 24] = [
    "alti",
    "bakanligi",
    "blogu",
    "dairesi",
    "evi",
    "evleri",
    "ici",
    "isleri",
    "kapisi",
    "koyu",
    "mezarligi",
    "numara",
    "odasi",
    "onu",
    "parki",
    "sanayi",
    "sokagi",
    "ustu",
    "yani",
    "yeri",
    "yolu",
    "yurdu",
    "koy",
    "mahalle",
];

/// Skeletons of words that end a part of an address other than a road or a quarter.
const PART_ENDS: [&str; 18] = [
    "apartmani",
    "apt",
    "avenue",
    "blok",
    "blk",
    "boulevard",
    "daire",
    "kat",
    "kati",
    "koyu",
    "kt",
    "no",
    "numara",
    "road",
    "st",
    "str",
    "street",
    "zemin",
];
/// Skeletons of words that stand in front of a number.
const NUMBERED: [&str; 14] =
    ["apartmani", "apt", "blok", "d", "da", "daire", "ic", "dis", "k", "kat", "kt", "n", "no", "nu"];
/// Words that join the parts of a name.
const JOINING: [&str; 2] = ["ve", "ile"];

fn heads() -> &'static [String] {
    static HEADS: OnceLock<Vec<String>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let is_head = |rule: &Rule| {
            rule.head || matches!(rule.category, Category::Quarter | Category::Road | Category::Building)
        };
        skeletons(is_head, &OTHERS)
    })
}

/// Returns the sorted skeletons of the last words of some rules, and of other words.
fn skeletons(has: fn(&Rule) -> bool, others: &[&str]) -> Vec<String> {
    let mut skeletons: Vec<String> = others.iter().map(|&word| word.to_owned()).collect();
    for rule in rules().iter().filter(|rule| has(rule)) {
        for word in rule.expansions.iter().chain(&rule.forms).chain(&rule.word) {
            let last = word.rsplit([' ', '.']).next().unwrap_or(word);
            skeletons.push(skeleton(last.chars()));
        }
    }
    skeletons.retain(|word| word.len() > 1);
    skeletons.sort();
    skeletons
}

fn contains(skeletons: &[String], word: &str) -> bool {
    skeletons.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
}

/// The words of heads in lower case, whose cuts are heads, too.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let heads = rules().iter().filter(|rule| rule.head);
        heads.filter_map(|rule| rule.word.as_ref()).map(|word| lower(word)).collect()
    })
}

/// Skeletons of the words and abbreviations after which another part of the address begins.
fn part_ends() -> &'static [String] {
    static ENDS: OnceLock<Vec<String>> = OnceLock::new();
    ENDS.get_or_init(|| {
        skeletons(|rule| matches!(rule.category, Category::Quarter | Category::Road), &PART_ENDS)
    })
}

/// Returns whether a word ends a part of the address.
pub fn ends_part(token: &Token) -> bool {
    token.word().is_some_and(|word| contains(part_ends(), word))
}

/// Returns whether a word is a head, in full.
pub fn is_full_head(token: &Token) -> bool {
    token.word().is_some_and(|word| contains(heads(), word))
}

/// Returns whether a word is a head, in full or cut short with a dot. `at` is its index.
pub fn is_head(occurrence: &Occurrence, at: usize) -> bool {
    let Some(token) = occurrence.tokens.get(at).filter(|token| token.word().is_some()) else { return false };
    is_full_head(token)
        || (token.len() > 2
            && occurrence.tokens.get(at + 1).is_some_and(|dot| dot.is('.') && !dot.spaced)
            && words().iter().any(|word| is_cut(letters(occurrence.text, token), word)))
}

/// Returns whether the word before is a head.
pub fn follows_head(occurrence: &Occurrence) -> bool {
    occurrence.previous_word().is_some_and(is_full_head)
}

/// Returns whether a head follows directly.
pub fn head_follows(occurrence: &Occurrence) -> bool {
    occurrence.next_word().is_some() && is_head(occurrence, occurrence.after)
}

/// Returns whether a name precedes that the word can belong to: a word that is not itself the head of the part
/// before.
pub fn follows_name(occurrence: &Occurrence) -> bool {
    let Some(previous) = occurrence.previous_word() else {
        return occurrence.previous().is_some_and(|token| token.is('"') || token.is(')') || token.is('\''));
    };
    previous.word().is_some_and(|word| !JOINING.contains(&word) && !contains(part_ends(), word))
}

/// Returns whether the word begins a name that another head ends: "Hast. Cad.", "Gül Mah. Lis. Sok.".
pub fn opens_name_of_head(occurrence: &Occurrence) -> bool {
    head_follows(occurrence) && !follows_name(occurrence)
}

/// Returns whether the line ends, or a head, a number or a mark follows, but no name.
pub fn no_name_follows(occurrence: &Occurrence) -> bool {
    match occurrence.next() {
        None => true,
        Some(token) => {
            token.word().is_none_or(|word| NUMBERED.contains(&word) || contains(part_ends(), word))
                || is_head(occurrence, occurrence.after)
        }
    }
}
