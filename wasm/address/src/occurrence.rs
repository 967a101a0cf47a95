//! An occurrence of a possible abbreviation, with its neighbours.

use crate::skeleton::spells;
use crate::token::{Token, TokenKind};

/// A possible abbreviation: `tokens[first..after]`, its own dot included.
pub struct Occurrence<'t> {
    /// The text that the tokens point into.
    pub text: &'t [char],
    /// All tokens.
    pub tokens: &'t [Token],
    /// The first token of the abbreviation.
    pub first: usize,
    /// The first token after it and its dot.
    pub after: usize,
    /// Whether its own dot is present.
    pub dotted: bool,
}

impl<'t> Occurrence<'t> {
    /// Returns the occurrence of `form` at token `first`, if it is there. A form with inner dots spans
    /// several tokens.
    pub fn of_form(text: &'t [char], tokens: &'t [Token], first: usize, form: &str) -> Option<Self> {
        let mut at = first;
        for (number, part) in form.split('.').enumerate() {
            if number > 0 {
                at += 1;
                tokens.get(at).filter(|token| token.is('.') && !token.spaced)?;
                at += 1;
            }
            let token = tokens.get(at).filter(|token| token.word().is_some())?;
            if !spells(letters(text, token), part) {
                return None;
            }
        }
        Some(Self { first, ..Self::of_word(text, tokens, at) })
    }

    /// Returns the word at token `at` with its dot.
    pub fn of_word(text: &'t [char], tokens: &'t [Token], at: usize) -> Self {
        let dotted = tokens.get(at + 1).is_some_and(|token| token.is('.') && !token.spaced);
        Self { text, tokens, first: at, after: at + 1 + usize::from(dotted), dotted }
    }

    /// Returns the preceding tokens of the line, the nearest first.
    pub fn before(&self) -> impl Iterator<Item = &'t Token> + use<'t> {
        self.tokens[..self.first].iter().rev().take_while(|token| token.kind != TokenKind::Break)
    }

    /// Returns the following tokens of the line.
    pub fn following(&self) -> impl Iterator<Item = &'t Token> + use<'t> {
        self.tokens[self.after..].iter().take_while(|token| token.kind != TokenKind::Break)
    }

    /// Returns the preceding token.
    pub fn previous(&self) -> Option<&'t Token> {
        self.before().next()
    }

    /// Returns the following token.
    pub fn next(&self) -> Option<&'t Token> {
        self.following().next()
    }

    /// Returns the preceding word, with only dots between.
    pub fn previous_word(&self) -> Option<&'t Token> {
        self.before().find(|token| !token.is('.')).filter(|token| token.word().is_some())
    }

    /// Returns the word that directly follows.
    pub fn next_word(&self) -> Option<&'t Token> {
        self.next().filter(|token| token.word().is_some())
    }

    /// Returns whether a neighbour is one of these words, in Turkish lower case; true for an empty list.
    pub fn is_one_of(&self, neighbour: Option<&Token>, words: &[String]) -> bool {
        words.is_empty()
            || neighbour.is_some_and(|token| words.iter().any(|word| spells(letters(self.text, token), word)))
    }

    /// Returns the first code point.
    pub fn start(&self) -> usize {
        self.tokens[self.first].start
    }

    /// Returns one past the last code point.
    pub fn end(&self) -> usize {
        self.tokens[self.after - 1].end
    }
}

/// Returns the characters of a token.
pub fn letters<'t>(text: &'t [char], token: &Token) -> impl Iterator<Item = char> + use<'t> {
    text[token.start..token.end].iter().copied()
}
