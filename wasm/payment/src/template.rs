//! The description that a bank transfer must bear, as an institution prescribes it.

use crate::text_data;
use eimza_turkish::{capitalised, plain_words, upper};
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
    Place(Place, Case),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
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
pub enum TemplateFault {
    /// A brace has no partner.
    Brace,
    /// There is no place of that name.
    Place(String),
    /// A place touches another or a word: nobody could tell a name from what is beside it.
    Glued,
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
pub enum Missing {
    /// The payer's name.
    Name,
    /// Their surname.
    Surname,
    /// Their T.C. kimlik no.
    Number,
    /// Words of the template.
    Words(String),
    /// Nothing is missing, but there is a number too many.
    OtherNumber(String),
}

impl Template {
    /// Reads one.
    ///
    /// # Errors
    /// For braces without a partner and places that there are none of.
    pub fn parse(text: &str) -> Result<Self, TemplateFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, braced) = rest.split_at(at);
            let (name, after) = braced
                .strip_prefix('{')
                .and_then(|inside| inside.split_once('}'))
                .ok_or(TemplateFault::Brace)?;
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(place(name).ok_or_else(|| TemplateFault::Place(name.to_owned()))?);
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
            Piece::Place(..) => false,
        });
        if glued { Err(TemplateFault::Glued) } else { Ok(Self { text: text.to_owned(), pieces }) }
    }

    /// The description for a payer.
    #[must_use]
    pub fn compose(&self, payer: &Payer) -> String {
        let written = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Place(place, case) => {
                let between = if *place == Place::Number { "" } else { " " };
                let value = payer.value(*place).split_whitespace().collect::<Vec<_>>().join(between);
                match case {
                    Case::Typed => value,
                    Case::Capitalised => capitalised(&value),
                    Case::Capitals => upper(&value),
                }
            }
        };
        self.pieces.iter().map(written).collect()
    }

    /// What a finished text lacks of what the receipt must show. Order, case, marks between and letters that a bank's
    /// keyboard does not have do not matter; but no word stands for two things.
    #[must_use]
    pub fn missing(&self, text: &str, payer: &Payer) -> Vec<Missing> {
        let mut said = Said::of(text);
        let mut missing = Vec::new();
        // The template's own words first: a surname may be one of them.
        for piece in &self.pieces {
            if let Piece::Words(phrase) = piece
                && !said.take(&plain_words(phrase))
            {
                missing
                    .push(Missing::Words(phrase.trim_matches(|end: char| !end.is_alphanumeric()).to_owned()));
            }
        }
        for (place, value, lacks) in [
            (Place::Number, &payer.number, Missing::Number),
            (Place::Name, &payer.name, Missing::Name),
            (Place::Surname, &payer.surname, Missing::Surname),
        ] {
            let is_wanted =
                self.pieces.iter().any(|piece| matches!(piece, Piece::Place(own, _) if *own == place));
            let is_there = if place == Place::Number {
                said.take_number(value)
            } else {
                !value.trim().is_empty() && said.take(&plain_words(value))
            };
            if is_wanted && !is_there {
                missing.push(lacks);
            }
        }
        missing.extend(said.other_number().map(Missing::OtherNumber));
        missing
    }
}

/// The words of a finished text; each stands for one thing.
struct Said(Vec<Option<String>>);

impl Said {
    fn of(text: &str) -> Self {
        Self(plain_words(text).into_iter().map(Some).collect())
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
    fn value(&self, place: Place) -> &str {
        match place {
            Place::Name => &self.name,
            Place::Surname => &self.surname,
            Place::Number => &self.number,
        }
    }
}

fn place(name: &str) -> Option<Piece> {
    let places = [("ad", Place::Name), ("soyad", Place::Surname), ("tc", Place::Number)];
    let (_, place) = *places.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    let capital = |letter: char| letter.is_ascii_uppercase();
    let case = match (name.starts_with(capital), name.chars().skip(1).any(capital)) {
        (true, true) => Case::Capitals,
        (true, false) => Case::Capitalised,
        (false, _) => Case::Typed,
    };
    Some(Piece::Place(place, case))
}

impl fmt::Display for Template {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        text_data::write(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_data::read(deserializer, |text| {
            Self::parse(text).map_err(|fault| match fault {
                TemplateFault::Brace => "template-brace",
                TemplateFault::Place(_) => "template-place",
                TemplateFault::Glued => "template-glued",
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
            assert_eq!(Template::parse(template).unwrap().missing(text, &payer()), [], "{template}");
        }
    }

    #[test]
    fn what_the_receipt_must_show_is_missed() {
        let template = Template::parse("{ad} {soyad} {tc} “3 Yıllık NES bedeli”").unwrap();
        let missing = |text: &str| template.missing(text, &payer());
        assert_eq!(missing("3 YILLIK NES BEDELİ: ÖRNEK İŞIL DENİZ (10000000146)"), [], "in any order");
        assert_eq!(
            missing("ISIL DENIZ ORNEK 100 000 001 46 3 YILLIK NES BEDELI"),
            [],
            "on the bank's keyboard"
        );
        assert_eq!(missing("Işık Deniz Örnek 10000000146 3 yıllık NES bedeli"), [Missing::Name]);
        assert_eq!(missing("işıl deniz 10000000146 3 yıllık NES bedeli"), [Missing::Surname]);
        assert_eq!(missing("işıl deniz örnek 1000000014 3 yıllık NES bedeli"), [Missing::Number]);
        assert_eq!(
            missing("işıl deniz örnek 10000000146"),
            [Missing::Words("3 Yıllık NES bedeli".to_owned())]
        );
        let nobody = template.missing("3 Yıllık NES bedeli", &Payer::default());
        assert_eq!(nobody, [Missing::Number, Missing::Name, Missing::Surname]);
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
        assert_eq!(template.missing("Deniz Deniz 10000000146", &payer), []);
        assert_eq!(template.missing("Deniz 10000000146", &payer), [Missing::Surname]);
        assert_eq!(template.missing("Deniz Deniz 110000000146", &payer), [Missing::Number]);
        assert_eq!(template.missing("Deniz Deniz TC10000000146", &payer), []);
        let other = Missing::OtherNumber("10000000147".to_owned());
        assert_eq!(template.missing("Deniz Deniz 10000000147 10000000146", &payer), [other]);
    }

    #[test]
    fn no_word_stands_for_two_things() {
        let template = Template::parse("{ad} {soyad} {tc} Mini Kart Okuyucu").unwrap();
        let payer = |name: &str, surname: &str| Payer {
            name: name.to_owned(),
            surname: surname.to_owned(),
            number: "10000000146".to_owned(),
        };
        let missing = |text: &str, payer: &Payer| template.missing(text, payer);
        assert_eq!(
            missing("Atilla 10000000146 Mini Kart Okuyucu", &payer("Atilla", "Kart")),
            [Missing::Surname]
        );
        assert_eq!(missing("Atilla Kart 10000000146 Mini Kart Okuyucu", &payer("Atilla", "Kart")), []);
        assert_eq!(
            missing("Ali Can 10000000146 Mini Kart Okuyucu", &payer("Ali Can", "Can")),
            [Missing::Surname]
        );
    }

    #[test]
    fn a_place_that_touches_a_word_or_another_place_is_refused() {
        for text in ["{ad}{soyad}", "{ad}NES", "TC{tc}", "{ad} {soyad}{tc} NES"] {
            assert_eq!(Template::parse(text), Err(TemplateFault::Glued), "{text}");
        }
        assert!(Template::parse("({ad}-{soyad}/{tc})").is_ok());
    }

    #[test]
    fn a_text_with_other_places_or_lone_braces_is_no_template() {
        assert_eq!(Template::parse("{ad} {iban}"), Err(TemplateFault::Place("iban".to_owned())));
        for text in ["{ad", "ad}", "{{ad}}", "}{", "{"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
        assert!(Template::parse("").is_ok());
    }
}
