//! Finding mentions of codes in the texts of a profile: no institution needs one, and a forged profile may ask for it.

use eimza_turkish::unaccented_words;
use serde::Deserialize;
use std::sync::OnceLock;

/// The words of secrets: `data/secret-words.json`. The content script reads the same file.
#[derive(Default, Deserialize)]
struct SecretWords {
    words: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    suffixes: Vec<String>,
    asked: Vec<String>,
}

fn secret_words() -> &'static SecretWords {
    static WORDS: OnceLock<SecretWords> = OnceLock::new();
    WORDS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/secret-words"))))
}

/// Returns whether a text mentions a PIN, a PUK, a password or another code.
pub(super) fn mentions_code(text: &str) -> bool {
    let words = joined_initials(&unaccented_words(text));
    let all = words.concat();
    secret_words().asked.iter().any(|phrase| all.contains(phrase)) || words.iter().any(|word| is_code(word))
}

/// Joins letters that stand alone: "P.I.N." is one word.
fn joined_initials(words: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in words {
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match joined.last_mut().filter(|_| is_open && is_initial) {
            Some(last) => last.push_str(word),
            None => joined.push(word.clone()),
        }
        is_open = is_initial;
    }
    joined
}

fn is_code(word: &str) -> bool {
    let SecretWords { words, before, after, suffixes, .. } = secret_words();
    let word = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_suffix = |rest: &str| rest.is_empty() || suffixes.iter().any(|suffix| suffix == rest);
    let ends = |rest: &str| {
        is_suffix(rest) || after.iter().any(|part| rest.strip_prefix(part.as_str()).is_some_and(is_suffix))
    };
    let starts = std::iter::once("").chain(before.iter().map(String::as_str));
    starts
        .filter_map(|start| word.strip_prefix(start))
        .any(|rest| words.iter().any(|code| rest.strip_prefix(code.as_str()).is_some_and(ends)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_requests_for_codes() {
        for text in [
            "PUK kodunuzu birime gönderin.",
            "PUKunuzu yazın",
            "Pininizi e-postayla iletin",
            "P.I.N. gerekli",
            "p u k",
            "Şifrenizi bildirin",
            "ŞİFRE",
            "Ş i f r e n i z",
            "Parolanız",
            "kartPini",
            "Güvenlik Sözcüğünüz",
            "SMS kodunu söyleyin",
            "Onay numaranız",
            "CVV",
        ] {
            assert!(mentions_code(text), "{text}");
        }
    }

    #[test]
    fn other_texts_mention_none() {
        for text in [
            "Pınar Mahallesi",
            "pinti",
            "Alpin Sok.",
            "Puket",
            "T.C. Kimlik No",
            "Posta kodu 33110",
            "Kredi kartıyla ödeme yapılmaz.",
            "{ad} {soyad} {tc} Mini Kart Okuyucu ve 3 Yıllık NES bedeli",
            "Kart okuyucu sayısı",
            "A.Ş.",
            "Sms ile bilgi verilir.",
        ] {
            assert!(!mentions_code(text), "{text}");
        }
    }
}
