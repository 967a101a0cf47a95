//! The template of a bank transfer's description, as an institution prescribes it.

use crate::payer::Payer;
use crate::serde_text;
use eimza_turkish::{title_case, upper};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::error::Error;
use std::fmt;

/// A description with placeholders for the payer's name and number: `{AD}-{SOYAD}-{TC}/ NES Ücreti`.
///
/// A placeholder is `ad`, `soyad` or `tc` in braces. Its letter case is that of the value: `{ad}` as it is
/// typed, `{Ad}` in title case, `{AD}` in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Template {
    text: String,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Placeholder(Placeholder, LetterCase),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    Name,
    Surname,
    Number,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LetterCase {
    AsTyped,
    Title,
    Upper,
}

/// Why a text is not a valid template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// A brace is unbalanced.
    UnbalancedBrace,
    /// There is no placeholder of that name.
    UnknownPlaceholder(String),
    /// A placeholder touches another or a word, so that the value could not be separated from its neighbour.
    AdjacentPlaceholder,
}

impl TemplateError {
    /// Returns a stable code, which the profile parser translates.
    fn code(&self) -> &'static str {
        match self {
            Self::UnbalancedBrace => "template-brace",
            Self::UnknownPlaceholder(_) => "template-place",
            Self::AdjacentPlaceholder => "template-glued",
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnbalancedBrace => out.write_str("unbalanced brace"),
            Self::UnknownPlaceholder(name) => write!(out, "unknown placeholder {{{name}}}"),
            Self::AdjacentPlaceholder => out.write_str("a placeholder touches a word or another placeholder"),
        }
    }
}

impl Error for TemplateError {}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    /// Where a brace is unbalanced, a placeholder is unknown, or one touches a word or another placeholder.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (literal, braced) = rest.split_at(at);
            let (name, after) = braced
                .strip_prefix('{')
                .and_then(|inside| inside.split_once('}'))
                .ok_or(TemplateError::UnbalancedBrace)?;
            pieces.push(Piece::Text(literal.to_owned()));
            pieces.push(placeholder(name).ok_or_else(|| TemplateError::UnknownPlaceholder(name.to_owned()))?);
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let last = pieces.len() - 1;
        let is_adjacent = pieces.iter().enumerate().any(|(index, piece)| match piece {
            Piece::Text(literal) => {
                let is_between = index > 0 && index < last;
                (is_between && literal.is_empty())
                    || (index > 0 && literal.starts_with(char::is_alphanumeric))
                    || (index < last && literal.ends_with(char::is_alphanumeric))
            }
            Piece::Placeholder(..) => false,
        });
        if is_adjacent {
            Err(TemplateError::AdjacentPlaceholder)
        } else {
            Ok(Self { text: text.to_owned(), pieces })
        }
    }

    /// Returns the description for a payer.
    #[must_use]
    pub fn compose(&self, payer: &Payer) -> String {
        let written = |piece: &Piece| match piece {
            Piece::Text(literal) => literal.clone(),
            Piece::Placeholder(placeholder, case) => {
                let separator = if *placeholder == Placeholder::Number { "" } else { " " };
                let value = value(payer, *placeholder).split_whitespace().collect::<Vec<_>>().join(separator);
                match case {
                    LetterCase::AsTyped => value,
                    LetterCase::Title => title_case(&value),
                    LetterCase::Upper => upper(&value),
                }
            }
        };
        self.pieces.iter().map(written).collect()
    }
}

fn value(payer: &Payer, placeholder: Placeholder) -> &str {
    match placeholder {
        Placeholder::Name => &payer.name,
        Placeholder::Surname => &payer.surname,
        Placeholder::Number => &payer.number,
    }
}

fn placeholder(name: &str) -> Option<Piece> {
    let names = [("ad", Placeholder::Name), ("soyad", Placeholder::Surname), ("tc", Placeholder::Number)];
    let (_, placeholder) = *names.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    let is_capital = |letter: char| letter.is_ascii_uppercase();
    let case = match (name.starts_with(is_capital), name.chars().skip(1).any(is_capital)) {
        (true, true) => LetterCase::Upper,
        (true, false) => LetterCase::Title,
        (false, _) => LetterCase::AsTyped,
    };
    Some(Piece::Placeholder(placeholder, case))
}

impl fmt::Display for Template {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_text::write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_text::read(deserializer, |text| Self::parse(text).map_err(|error| error.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payer::test_payer as payer;

    fn composed(template: &str) -> String {
        Template::parse(template).unwrap().compose(&payer())
    }

    #[test]
    fn composes_the_descriptions_of_known_guides() {
        for (template, text) in [
            (
                "{ad} {soyad} {tc} Mini Kart Okuyucu ve 3 Yıllık NES bedeli",
                "işıl deniz Örnek 10000000146 Mini Kart Okuyucu ve 3 Yıllık NES bedeli",
            ),
            (
                "{AD}-{SOYAD}-{TC}/ AÇIKLAMA = E-İMZA 3 YILLIK BAŞVURUSU",
                "İŞIL DENİZ-ÖRNEK-10000000146/ AÇIKLAMA = E-İMZA 3 YILLIK BAŞVURUSU",
            ),
            ("{Ad}-{SOYAD}-{TC}- NES Ücreti", "İşıl Deniz-ÖRNEK-10000000146- NES Ücreti"),
        ] {
            assert_eq!(composed(template), text);
            assert_eq!(Template::parse(template).unwrap().issues(text, &payer()), [], "{template}");
        }
    }

    #[test]
    fn rejects_adjacent_placeholders() {
        for text in ["{ad}{soyad}", "{ad}NES", "TC{tc}", "{ad} {soyad}{tc} NES"] {
            assert_eq!(Template::parse(text), Err(TemplateError::AdjacentPlaceholder), "{text}");
        }
        assert!(Template::parse("({ad}-{soyad}/{tc})").is_ok());
    }

    #[test]
    fn rejects_unknown_placeholders_and_unbalanced_braces() {
        assert_eq!(Template::parse("{ad} {iban}"), Err(TemplateError::UnknownPlaceholder("iban".to_owned())));
        for text in ["{ad", "ad}", "{{ad}}", "}{", "{"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
        assert!(Template::parse("").is_ok());
    }
}
