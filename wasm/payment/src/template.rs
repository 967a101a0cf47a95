//! The description that a bank transfer must bear, as an institution prescribes it.

use crate::text_data;
use eimza_turkish::{capitalised, upper, words};
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
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// The description for a payer.
    #[must_use]
    pub fn compose(&self, payer: &Payer) -> String {
        let written = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Place(place, case) => {
                let value = payer.value(*place).split_whitespace().collect::<Vec<_>>().join(" ");
                match case {
                    Case::Typed => value,
                    Case::Capitalised => capitalised(&value),
                    Case::Capitals => upper(&value),
                }
            }
        };
        self.pieces.iter().map(written).collect()
    }

    /// What a finished text lacks of what the receipt must show. Order, case and marks between do not matter.
    #[must_use]
    pub fn missing(&self, text: &str, payer: &Payer) -> Vec<Missing> {
        let said = words(text);
        let lacks = |phrase: &str| {
            let wanted = words(phrase);
            !wanted.is_empty() && !said.windows(wanted.len()).any(|part| part == wanted)
        };
        let missing = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(phrase) => lacks(phrase)
                .then(|| Missing::Words(phrase.trim_matches(|end: char| !end.is_alphanumeric()).to_owned())),
            // What was not typed is missing whatever the text says.
            Piece::Place(place, _) => {
                let value = payer.value(*place);
                (words(value).is_empty() || lacks(value)).then(|| place.missing())
            }
        });
        missing.collect()
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

impl Place {
    fn missing(self) -> Missing {
        match self {
            Self::Name => Missing::Name,
            Self::Surname => Missing::Surname,
            Self::Number => Missing::Number,
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
        assert_eq!(missing("Işıl Deniz Örnek 10000000146 3 yıllık NES bedeli"), [Missing::Name]);
        assert_eq!(missing("işıl deniz 10000000146 3 yıllık NES bedeli"), [Missing::Surname]);
        assert_eq!(missing("işıl deniz örnek 1000000014 3 yıllık NES bedeli"), [Missing::Number]);
        assert_eq!(
            missing("işıl deniz örnek 10000000146"),
            [Missing::Words("3 Yıllık NES bedeli".to_owned())]
        );
        let nobody = template.missing("3 Yıllık NES bedeli", &Payer::default());
        assert_eq!(nobody, [Missing::Name, Missing::Surname, Missing::Number]);
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
