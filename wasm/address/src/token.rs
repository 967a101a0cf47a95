//! Splitting a text into words, numbers and marks. Positions count code points.

use crate::skeleton::{is_letter, skeleton};

/// A part of the text; white space is not part of any token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Its kind.
    pub kind: TokenKind,
    /// Whether white space precedes it.
    pub spaced: bool,
}

/// The kind of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of letters, with its skeleton (see [`crate::skeleton::skeleton`]).
    Word(String),
    /// A run of digits.
    Number,
    /// Any other single character.
    Mark(char),
    /// The end of a line; conditions do not look across it.
    Break,
    /// An e-mail address or URL, which is not checked.
    Link,
}

impl Token {
    /// Returns the skeleton of a word.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(skeleton) => Some(skeleton),
            _ => None,
        }
    }

    /// Returns whether it is a word with this skeleton.
    pub fn is_word(&self, skeleton: &str) -> bool {
        self.word() == Some(skeleton)
    }

    /// Returns whether it is this mark.
    pub fn is(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// Returns whether it is a number.
    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// Returns the length in code points.
    pub fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Words to which "No" is often joined ("BLOKNO:30", "İÇKAPINO:4"), as skeletons.
const BEFORE_GLUED_NO: [&str; 26] = [
    "ap",
    "apartmani",
    "apt",
    "bina",
    "blok",
    "bulv",
    "bulvari",
    "blv",
    "cad",
    "caddesi",
    "cd",
    "daire",
    "dis",
    "diskapi",
    "dukkan",
    "ic",
    "ickapi",
    "kapi",
    "mah",
    "mahallesi",
    "sit",
    "sitesi",
    "sk",
    "sok",
    "sokagi",
    "sokak",
];

/// Splits a text.
pub fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut spaced = false;
    let mut at = 0;
    let mut link_end = 0;
    while at < text.len() {
        let first = text[at];
        if first == '\n' || first == '\r' {
            tokens.push(Token { start: at, end: at + 1, kind: TokenKind::Break, spaced });
            (at, spaced) = (at + 1, false);
            continue;
        }
        if first.is_whitespace() {
            (at, spaced) = (at + 1, true);
            continue;
        }
        if at >= link_end {
            // Once for each run between white space, so that the total time is linear.
            link_end = run_end(text, at, |letter| !letter.is_whitespace());
            if is_link(&text[at..link_end]) {
                tokens.push(Token { start: at, end: link_end, kind: TokenKind::Link, spaced });
                (at, spaced) = (link_end, false);
                continue;
            }
        }
        let end = if is_letter(first) {
            run_end(text, at, is_letter)
        } else if first.is_ascii_digit() {
            run_end(text, at, |digit| digit.is_ascii_digit())
        } else {
            at + 1
        };
        push(&mut tokens, text, at, end, spaced);
        (at, spaced) = (end, false);
    }
    tokens
}

fn push(tokens: &mut Vec<Token>, text: &[char], start: usize, end: usize, spaced: bool) {
    let first = text[start];
    if !is_letter(first) {
        let kind = if first.is_ascii_digit() { TokenKind::Number } else { TokenKind::Mark(first) };
        tokens.push(Token { start, end, kind, spaced });
        return;
    }
    let word = skeleton(text[start..end].iter().copied());
    let number_follows =
        text.get(end).is_some_and(|&next| next == ':' || next == '.' || next.is_ascii_digit());
    let head = word.strip_suffix("no").filter(|_| number_follows);
    match head.filter(|head| BEFORE_GLUED_NO.contains(head)) {
        Some(head) => {
            let cut = end - 2;
            tokens.push(Token { start, end: cut, kind: TokenKind::Word(head.to_owned()), spaced });
            tokens.push(Token { start: cut, end, kind: TokenKind::Word("no".to_owned()), spaced: false });
        }
        None => tokens.push(Token { start, end, kind: TokenKind::Word(word), spaced }),
    }
}

fn run_end(text: &[char], start: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[start..].iter().position(|&letter| !belongs(letter)).map_or(text.len(), |length| start + length)
}

fn is_link(run: &[char]) -> bool {
    run.contains(&'@')
        || run.starts_with(&['w', 'w', 'w', '.'])
        || run.windows(3).any(|part| part == [':', '/', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        tokens(&letters).iter().map(|token| letters[token.start..token.end].iter().collect()).collect()
    }

    #[test]
    fn splits_words_numbers_and_marks_without_white_space() {
        assert_eq!(cut("40Cad.NO:5/A"), ["40", "Cad", ".", "NO", ":", "5", "/", "A"]);
    }

    #[test]
    fn combining_dots_belong_to_words() {
        assert_eq!(cut("Cumhuri\u{307}yet Mah"), ["Cumhuri\u{307}yet", "Mah"]);
    }

    #[test]
    fn splits_a_joined_no_only_before_a_number() {
        assert_eq!(cut("BULVARINO:38"), ["BULVARI", "NO", ":", "38"]);
        assert_eq!(cut("BlokNo12"), ["Blok", "No", "12"]);
        assert_eq!(cut("Kapino Sokak"), ["Kapino", "Sokak"]);
        assert_eq!(cut("Domino:5"), ["Domino", ":", "5"]);
    }

    #[test]
    fn line_ends_are_tokens() {
        assert_eq!(cut("a\nb"), ["a", "\n", "b"]);
    }

    #[test]
    fn links_are_one_token() {
        assert_eq!(cut("mah.sok@ornek.com.tr x"), ["mah.sok@ornek.com.tr", "x"]);
        assert_eq!(cut("https://cad.ornek.com.tr"), ["https://cad.ornek.com.tr"]);
    }
}
