//! The description that a bank transfer must bear, as an institution prescribes it.

use crate::serde_text;
use eimza_turkish::{title_case, unaccented_words, upper};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A description with places for the payer's name and number: `{AD}-{SOYAD}-{TC}/ NES Ücreti`.
///
/// A place is `ad`, `soyad` or `tc` in braces. Its letters say how the name is written: `{ad}` as it is
/// typed, `{Ad}` with a capital, `{AD}` in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Placeholder(Placeholder, Case),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placeholder {
    Name,
    Surname,
    Number,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Typed,
    Capitalised,
    Capitals,
}

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// A brace has no partner.
    UnbalancedBrace,
    /// There is no placeholder of that name.
    UnknownPlaceholder(String),
    /// A placeholder touches another or a word: the name could not be told from what is beside it.
    AdjacentPlaceholder,
}

/// Who pays: what they typed, kept in no file unless they want it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payer {
    /// "Ad".
    pub name: String,
    /// "Soyad".
    pub surname: String,
    /// "T.C. Kimlik No".
    pub number: String,
}

/// Something that the receipt must show and the text does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DescriptionIssue {
    /// The payer's name.
    MissingName,
    /// Their surname.
    MissingSurname,
    /// Their T.C. kimlik no.
    MissingNumber,
    /// Words of the template.
    MissingPhrase(String),
    /// Nothing is missing, but there is another 11-digit number.
    UnexpectedNumber(String),
}

impl Template {
    /// Reads one.
    ///
    /// # Errors
    /// For braces without a partner and places that there are none of.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, braced) = rest.split_at(at);
            let (name, after) = braced
                .strip_prefix('{')
                .and_then(|inside| inside.split_once('}'))
                .ok_or(TemplateError::UnbalancedBrace)?;
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(placeholder(name).ok_or_else(|| TemplateError::UnknownPlaceholder(name.to_owned()))?);
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        let last = pieces.len() - 1;
        let glued = pieces.iter().enumerate().any(|(index, piece)| match piece {
            // Between two places something has to stand, and at a place no word may begin or end.
            Piece::Words(words) => {
                let inner = index > 0 && index < last && words.is_empty();
                inner
                    || (index > 0 && words.starts_with(char::is_alphanumeric))
                    || (index < last && words.ends_with(char::is_alphanumeric))
            }
            Piece::Placeholder(..) => false,
        });
        if glued {
            Err(TemplateError::AdjacentPlaceholder)
        } else {
            Ok(Self { text: text.to_owned(), pieces })
        }
    }

    /// The description for a payer.
    #[must_use]
    pub fn compose(&self, payer: &Payer) -> String {
        let written = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Placeholder(place, case) => {
                let between = if *place == Placeholder::Number { "" } else { " " };
                let value = payer.value(*place).split_whitespace().collect::<Vec<_>>().join(between);
                match case {
                    Case::Typed => value,
                    Case::Capitalised => title_case(&value),
                    Case::Capitals => upper(&value),
                }
            }
        };
        self.pieces.iter().map(written).collect()
    }

    /// What a finished text lacks of what the receipt must show. Order, case, marks between and letters that a bank's
    /// keyboard does not have do not matter; but no word stands for two things.
    #[must_use]
    pub fn issues(&self, text: &str, payer: &Payer) -> Vec<DescriptionIssue> {
        let mut said = Said::of(text);
        let mut missing = Vec::new();
        // The template's own words first: a surname may be one of them.
        for piece in &self.pieces {
            if let Piece::Words(phrase) = piece
                && !said.take(&unaccented_words(phrase))
            {
                missing.push(DescriptionIssue::MissingPhrase(
                    phrase.trim_matches(|end: char| !end.is_alphanumeric()).to_owned(),
                ));
            }
        }
        for (place, value, lacks) in [
            (Placeholder::Number, &payer.number, DescriptionIssue::MissingNumber),
            (Placeholder::Name, &payer.name, DescriptionIssue::MissingName),
            (Placeholder::Surname, &payer.surname, DescriptionIssue::MissingSurname),
        ] {
            let is_wanted =
                self.pieces.iter().any(|piece| matches!(piece, Piece::Placeholder(own, _) if *own == place));
            let is_there = if place == Placeholder::Number {
                said.take_number(value)
            } else {
                !value.trim().is_empty() && said.take(&unaccented_words(value))
            };
            if is_wanted && !is_there {
                missing.push(lacks);
            }
        }
        missing.extend(said.other_number().map(DescriptionIssue::UnexpectedNumber));
        missing
    }
}

/// The words of a finished text; each stands for one thing.
struct Said(Vec<Option<String>>);

impl Said {
    fn of(text: &str) -> Self {
        Self(unaccented_words(text).into_iter().map(Some).collect())
    }

    /// Takes a phrase out; says whether it was there.
    fn take(&mut self, phrase: &[String]) -> bool {
        let is_there = |part: &[Option<String>]| {
            part.iter().zip(phrase).all(|(word, wanted)| word.as_ref() == Some(wanted))
        };
        if phrase.is_empty() {
            return true;
        }
        let place = self.0.windows(phrase.len()).position(is_there);
        if let Some(at) = place {
            self.0[at..at + phrase.len()].fill(None);
        }
        place.is_some()
    }

    /// Takes a number out, in one piece or in groups, also with letters before it ("TC10000000146").
    fn take_number(&mut self, number: &str) -> bool {
        let wanted: String = number.chars().filter(|letter| !letter.is_whitespace()).collect();
        if wanted.is_empty() {
            return false;
        }
        for from in 0..self.0.len() {
            let mut joined = String::new();
            for to in from..self.0.len() {
                let Some(word) = &self.0[to] else { break };
                let digits = if to == from { word.trim_start_matches(char::is_alphabetic) } else { word };
                if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                    break;
                }
                joined.push_str(digits);
                if joined == wanted {
                    self.0[from..=to].fill(None);
                    return true;
                }
            }
        }
        false
    }

    /// Another number as long as the payer's: whose is it?
    fn other_number(&self) -> Option<String> {
        let is_number = |word: &&String| word.len() == 11 && word.bytes().all(|digit| digit.is_ascii_digit());
        self.0.iter().flatten().find(is_number).cloned()
    }
}

impl Payer {
    fn value(&self, place: Placeholder) -> &str {
        match place {
            Placeholder::Name => &self.name,
            Placeholder::Surname => &self.surname,
            Placeholder::Number => &self.number,
        }
    }
}

fn placeholder(name: &str) -> Option<Piece> {
    let places = [("ad", Placeholder::Name), ("soyad", Placeholder::Surname), ("tc", Placeholder::Number)];
    let (_, place) = *places.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    let capital = |letter: char| letter.is_ascii_uppercase();
    let case = match (name.starts_with(capital), name.chars().skip(1).any(capital)) {
        (true, true) => Case::Capitals,
        (true, false) => Case::Capitalised,
        (false, _) => Case::Typed,
    };
    Some(Piece::Placeholder(place, case))
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
        serde_text::read(deserializer, |text| {
            Self::parse(text).map_err(|fault| match fault {
                TemplateError::UnbalancedBrace => "template-brace",
                TemplateError::UnknownPlaceholder(_) => "template-place",
                TemplateError::AdjacentPlaceholder => "template-glued",
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payer() -> Payer {
        Payer {
            name: "işıl  deniz".to_owned(),
            surname: "Örnek".to_owned(),
            number: "10000000146".to_owned(),
        }
    }

    fn composed(template: &str) -> String {
        Template::parse(template).unwrap().compose(&payer())
    }

    #[test]
    fn the_texts_of_the_guides_are_composed() {
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
    fn what_the_receipt_must_show_is_missed() {
        let template = Template::parse("{ad} {soyad} {tc} “3 Yıllık NES bedeli”").unwrap();
        let missing = |text: &str| template.issues(text, &payer());
        assert_eq!(missing("3 YILLIK NES BEDELİ: ÖRNEK İŞIL DENİZ (10000000146)"), [], "in any order");
        assert_eq!(
            missing("ISIL DENIZ ORNEK 100 000 001 46 3 YILLIK NES BEDELI"),
            [],
            "on the bank's keyboard"
        );
        assert_eq!(
            missing("Işık Deniz Örnek 10000000146 3 yıllık NES bedeli"),
            [DescriptionIssue::MissingName]
        );
        assert_eq!(missing("işıl deniz 10000000146 3 yıllık NES bedeli"), [DescriptionIssue::MissingSurname]);
        assert_eq!(
            missing("işıl deniz örnek 1000000014 3 yıllık NES bedeli"),
            [DescriptionIssue::MissingNumber]
        );
        assert_eq!(
            missing("işıl deniz örnek 10000000146"),
            [DescriptionIssue::MissingPhrase("3 Yıllık NES bedeli".to_owned())]
        );
        let nobody = template.issues("3 Yıllık NES bedeli", &Payer::default());
        assert_eq!(
            nobody,
            [
                DescriptionIssue::MissingNumber,
                DescriptionIssue::MissingName,
                DescriptionIssue::MissingSurname
            ]
        );
    }

    #[test]
    fn a_number_may_be_typed_in_groups_and_a_name_may_be_a_surname() {
        let template = Template::parse("{ad} {soyad} {tc}").unwrap();
        let payer = Payer {
            name: "Deniz".to_owned(),
            surname: "Deniz".to_owned(),
            number: "100 000 001 46".to_owned(),
        };
        assert_eq!(template.compose(&payer), "Deniz Deniz 10000000146");
        assert_eq!(template.issues("Deniz Deniz 10000000146", &payer), []);
        assert_eq!(template.issues("Deniz 10000000146", &payer), [DescriptionIssue::MissingSurname]);
        assert_eq!(template.issues("Deniz Deniz 110000000146", &payer), [DescriptionIssue::MissingNumber]);
        assert_eq!(template.issues("Deniz Deniz TC10000000146", &payer), []);
        let other = DescriptionIssue::UnexpectedNumber("10000000147".to_owned());
        assert_eq!(template.issues("Deniz Deniz 10000000147 10000000146", &payer), [other]);
    }

    #[test]
    fn no_word_stands_for_two_things() {
        let template = Template::parse("{ad} {soyad} {tc} Mini Kart Okuyucu").unwrap();
        let payer = |name: &str, surname: &str| Payer {
            name: name.to_owned(),
            surname: surname.to_owned(),
            number: "10000000146".to_owned(),
        };
        let missing = |text: &str, payer: &Payer| template.issues(text, payer);
        assert_eq!(
            missing("Atilla 10000000146 Mini Kart Okuyucu", &payer("Atilla", "Kart")),
            [DescriptionIssue::MissingSurname]
        );
        assert_eq!(missing("Atilla Kart 10000000146 Mini Kart Okuyucu", &payer("Atilla", "Kart")), []);
        assert_eq!(
            missing("Ali Can 10000000146 Mini Kart Okuyucu", &payer("Ali Can", "Can")),
            [DescriptionIssue::MissingSurname]
        );
    }

    #[test]
    fn a_place_that_touches_a_word_or_another_place_is_refused() {
        for text in ["{ad}{soyad}", "{ad}NES", "TC{tc}", "{ad} {soyad}{tc} NES"] {
            assert_eq!(Template::parse(text), Err(TemplateError::AdjacentPlaceholder), "{text}");
        }
        assert!(Template::parse("({ad}-{soyad}/{tc})").is_ok());
    }

    #[test]
    fn a_text_with_other_places_or_lone_braces_is_no_template() {
        assert_eq!(Template::parse("{ad} {iban}"), Err(TemplateError::UnknownPlaceholder("iban".to_owned())));
        for text in ["{ad", "ad}", "{{ad}}", "}{", "{"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
        assert!(Template::parse("").is_ok());
    }
}
