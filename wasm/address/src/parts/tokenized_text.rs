//! A text that is split into tokens once, for several checks.

use crate::token::{Token, tokens};
use std::ops::Range;

pub(super) struct TokenizedText {
    pub letters: Vec<char>,
    pub tokens: Vec<Token>,
}

impl TokenizedText {
    pub(super) fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        Self { tokens: tokens(&letters), letters }
    }

    /// Returns the skeletons of its words.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(Token::word)
    }

    /// Returns the text of a range.
    pub(super) fn written(&self, range: &Range<usize>) -> String {
        self.letters[range.clone()].iter().collect()
    }
}
