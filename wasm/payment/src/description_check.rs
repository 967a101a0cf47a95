//! Checking a finished transfer description against its template.

use crate::payer::Payer;
use crate::template::{Piece, Placeholder, Template};
use eimza_turkish::unaccented_words;

/// A difference between a description and what the receipt must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DescriptionIssue {
    /// The payer's name is missing.
    MissingName,
    /// The payer's surname is missing.
    MissingSurname,
    /// The payer's T.C. kimlik no is missing.
    MissingNumber,
    /// A phrase of the template is missing.
    MissingPhrase(String),
    /// There is another number of eleven digits.
    UnexpectedNumber(String),
}

impl Template {
    /// Compares a finished description with what the receipt must show. Order, letter case, punctuation and
    /// diacritics do not matter, because banks change them; but each word counts only once.
    #[must_use]
    pub fn issues(&self, text: &str, payer: &Payer) -> Vec<DescriptionIssue> {
        let mut words = RemainingWords::of(text);
        let mut issues = Vec::new();
        // Phrases before names: a surname may be a word of the template.
        for piece in &self.pieces {
            if let Piece::Text(phrase) = piece
                && !words.take_phrase(&unaccented_words(phrase))
            {
                let phrase = phrase.trim_matches(|end: char| !end.is_alphanumeric());
                issues.push(DescriptionIssue::MissingPhrase(phrase.to_owned()));
            }
        }
        for (placeholder, value, issue) in [
            (Placeholder::Number, &payer.number, DescriptionIssue::MissingNumber),
            (Placeholder::Name, &payer.name, DescriptionIssue::MissingName),
            (Placeholder::Surname, &payer.surname, DescriptionIssue::MissingSurname),
        ] {
            let is_required = self
                .pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Placeholder(own, _) if *own == placeholder));
            let is_present = if placeholder == Placeholder::Number {
                words.take_number(value)
            } else {
                !value.trim().is_empty() && words.take_phrase(&unaccented_words(value))
            };
            if is_required && !is_present {
                issues.push(issue);
            }
        }
        issues.extend(words.other_number().map(DescriptionIssue::UnexpectedNumber));
        issues
    }
}

/// The words of a description that nothing has matched yet; a matched word is none.
struct RemainingWords(Vec<Option<String>>);

impl RemainingWords {
    fn of(text: &str) -> Self {
        Self(unaccented_words(text).into_iter().map(Some).collect())
    }

    /// Removes a phrase; returns whether it was there.
    fn take_phrase(&mut self, phrase: &[String]) -> bool {
        let matches = |part: &[Option<String>]| {
            part.iter().zip(phrase).all(|(word, expected)| word.as_ref() == Some(expected))
        };
        if phrase.is_empty() {
            return true;
        }
        let position = self.0.windows(phrase.len()).position(matches);
        if let Some(at) = position {
            self.0[at..at + phrase.len()].fill(None);
        }
        position.is_some()
    }

    /// Removes a number, in one piece or in groups, also with letters before it ("TC10000000146"); returns
    /// whether it was there.
    fn take_number(&mut self, number: &str) -> bool {
        let number: String = number.chars().filter(|letter| !letter.is_whitespace()).collect();
        if number.is_empty() {
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
                if joined == number {
                    self.0[from..=to].fill(None);
                    return true;
                }
            }
        }
        false
    }

    /// Returns a remaining number of eleven digits: another person's T.C. kimlik no.
    fn other_number(&self) -> Option<String> {
        let is_number = |word: &&String| word.len() == 11 && word.bytes().all(|digit| digit.is_ascii_digit());
        self.0.iter().flatten().find(is_number).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payer::test_payer as payer;

    #[test]
    fn reports_what_the_receipt_must_show() {
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
    fn accepts_grouped_numbers_and_a_surname_equal_to_the_name() {
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
    fn each_word_counts_only_once() {
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
}
