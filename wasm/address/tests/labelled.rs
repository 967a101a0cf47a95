//! Precision and recall on the addresses of `labelled/`, and addresses in which neighbours decide.

#![expect(clippy::expect_used, reason = "a test may fail")]

use eimza_address::find_abbreviations;

const FILES: [(&str, &str); 2] = [
    ("addresses.txt", include_str!("labelled/addresses.txt")),
    ("seldom-words.txt", include_str!("labelled/seldom-words.txt")),
];

/// Addresses in which all is found that is marked, and nothing else.
const NEIGHBOURS: &str = include_str!("labelled/neighbours.txt");

/// An address with the abbreviations that a person found in it.
struct Labelled {
    text: String,
    /// First and last code point, and the accepted expansions; none where it is doubtful.
    spans: Vec<(usize, usize, Vec<String>)>,
}

impl Labelled {
    /// Reads `{Mah.=Mahallesi}`; alternatives are separated by `|`.
    fn parse(line: &str) -> Self {
        let mut labelled = Self { text: String::new(), spans: Vec::new() };
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            labelled.text += before;
            let (label, after) = after.split_once('}').expect("a closing brace");
            let (written, expansions) = label.split_once('=').expect("an equals sign");
            let start = labelled.text.chars().count();
            labelled.text += written;
            let expansions = expansions.split('|').filter(|one| !one.is_empty()).map(str::to_owned);
            labelled.spans.push((start, labelled.text.chars().count(), expansions.collect()));
            rest = after;
        }
        labelled.text += rest;
        labelled
    }
}

fn addresses(file: &str) -> impl Iterator<Item = Labelled> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(Labelled::parse)
}

#[derive(Default)]
struct Score {
    right: usize,
    right_words: usize,
    extra: Vec<String>,
    missed: Vec<String>,
}

impl Score {
    fn of(file: &str) -> Self {
        let mut score = Self::default();
        for Labelled { text, spans } in addresses(file) {
            let mut found = find_abbreviations(&text);
            let (known, doubtful): (Vec<_>, Vec<_>) = spans.iter().partition(|(.., full)| !full.is_empty());
            found.retain(|one| !doubtful.iter().any(|(start, end, _)| one.start < *end && *start < one.end));
            for (start, end, expansions) in known {
                match found.iter().position(|one| one.start == *start && one.end == *end) {
                    Some(at) => {
                        score.right += 1;
                        score.right_words +=
                            usize::from(expansions.contains(&found.remove(at).expansions[0]));
                    }
                    None => score.missed.push(format!("{start}..{end} {text}")),
                }
            }
            score.extra.extend(found.into_iter().map(|one| format!("{} {text}", one.written)));
        }
        score
    }

    fn f1(&self) -> f64 {
        let count = |number: usize| f64::from(u32::try_from(number).expect("a small number"));
        2.0 * count(self.right) / count(2 * self.right + self.extra.len() + self.missed.len())
    }
}

#[test]
fn finds_the_abbreviations_of_labelled_addresses() {
    for (name, file) in FILES {
        let score = Score::of(file);
        assert!(score.right > 150, "{name}");
        assert!(
            score.f1() >= 0.985,
            "{name}: {} extra {:#?} missed {:#?}",
            score.f1(),
            score.extra,
            score.missed
        );
        assert_eq!(score.extra, [""; 0], "{name}");
        assert!(
            score.right_words * 1000 >= score.right * 995,
            "{name}: {} of {}",
            score.right_words,
            score.right
        );
    }
}

#[test]
fn finds_nothing_in_addresses_without_abbreviations() {
    for (_, file) in FILES {
        for Labelled { text, .. } in addresses(file).filter(|address| address.spans.is_empty()) {
            assert_eq!(find_abbreviations(&text), [], "{text}");
        }
    }
}

#[test]
fn neighbours_decide_what_is_an_abbreviation() {
    for Labelled { text, spans } in addresses(NEIGHBOURS) {
        let found = find_abbreviations(&text).into_iter();
        let found: Vec<_> = found.map(|one| (one.start, one.end, one.expansions)).collect();
        assert_eq!(found, spans, "{text}");
    }
}
