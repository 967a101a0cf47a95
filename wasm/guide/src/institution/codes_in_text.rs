//! Finding mentions of codes in the texts of a profile: no institution needs one, and a forged profile may ask for it.

use eimza_turkish::unaccented_words;
use serde::Deserialize;
use std::sync::OnceLock;

/// The words of secrets: `data/secret-words.json`. The content script reads the same file.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct SecretWords {
    words: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    suffixes: Vec<String>,
    harmless_codes: Vec<String>,
    asked: Vec<String>,
}

/// What else has a code that is no secret, in the texts of an institution.
const HARMLESS_CODES: [&str; 23] = [
    "kurum",
    "birim",
    "okul",
    "hastane",
    "tesis",
    "sube",
    "muhasebe",
    "saymanlik",
    "harcama",
    "butce",
    "gelir",
    "gider",
    "vergi",
    "daire",
    "mudurluk",
    "sehir",
    "bolge",
    "plaka",
    "fatura",
    "urun",
    "stok",
    "hata",
    "bar",
];
/// The suffixes of what has the code: "kurumun kodu", not "kurumdan kodu" or "ile kodu".
const OWNER_SUFFIXES: [&str; 16] = [
    "", "i", "u", "si", "su", "in", "un", "nin", "nun", "inin", "unun", "sinin", "sunun", "inizin", "unuzun",
    "imizin",
];
/// The suffixes of "no" and "numara" that the suffixes of other words lack.
const NUMBER_SUFFIXES: [&str; 10] =
    ["yu", "ya", "su", "sunu", "nuz", "nuzu", "nuzun", "lari", "larini", "larinizi"];

fn secret_words() -> &'static SecretWords {
    static WORDS: OnceLock<SecretWords> = OnceLock::new();
    WORDS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/secret-words"))))
}

/// Returns whether a text mentions a PIN, a PUK, a password or another code.
pub(super) fn mentions_code(text: &str) -> bool {
    let words = joined_initials(&unaccented_words(text));
    has_phrase(&words)
        || (0..words.len()).any(|at| {
            is_secret(&words[at], &words[..at])
                || pieces_from(&words[at..]).iter().any(|word| is_secret(word, &words[..at]))
                || is_card_number(&words[at..])
        })
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

/// Returns the words that pieces of two letters or fewer make together, and with the word that follows them: "PU K",
/// "PI Ninizi".
fn pieces_from(words: &[String]) -> Vec<String> {
    /// No word of a code, with its suffixes, has more pieces.
    const MAX_PIECES: usize = 8;
    let mut joined = Vec::new();
    let mut word = String::new();
    for (count, piece) in words.iter().take(MAX_PIECES).enumerate() {
        word.push_str(piece);
        if count > 0 {
            joined.push(word.clone());
        }
        if piece.chars().count() > 2 {
            break;
        }
    }
    joined
}

/// Returns whether a text has a phrase of a secret. Its "no" is a word, with or without a suffix: "onay no", "onay nonuz",
/// not "onay noktası".
fn has_phrase(words: &[String]) -> bool {
    let all = words.concat();
    let mut starts = Vec::new();
    let mut passed = 0;
    for word in words {
        starts.push(passed);
        passed += word.len();
    }
    secret_words().asked.iter().any(|phrase| {
        all.match_indices(phrase.as_str()).any(|(start, _)| {
            if !phrase.ends_with("no") {
                return true;
            }
            let end = start + phrase.len();
            let last = starts.partition_point(|&word| word < end) - 1;
            let is_word = starts[last] == end - "no".len() || starts[last] <= start;
            is_word && is_number_suffix(&all[end..starts[last] + words[last].len()])
        })
    })
}

/// Returns whether a word is a secret: a code by itself, or any code but that of something harmless.
fn is_secret(word: &str, before: &[String]) -> bool {
    let has_harmless_owner = || match before {
        [.., electronic, _] if electronic == "e" => false, // "e-posta kodu"
        [.., owner] => is_harmless(owner),
        [] => false,
    };
    is_code(word) || (is_any_code(word) && !has_harmless_owner())
}

/// "kod", "kodunuzu", "codes"
fn is_any_code(word: &str) -> bool {
    let word = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    word == "code" || word == "codes" || word.strip_prefix("kod").is_some_and(is_suffix)
}

fn is_harmless(word: &str) -> bool {
    let listed = secret_words().harmless_codes.iter().map(String::as_str);
    listed.chain(HARMLESS_CODES).any(|harmless| {
        let rest = word.strip_prefix(harmless);
        // "mudurlugu", of "mudurluk"
        let softened = || word.strip_prefix(harmless.strip_suffix('k')?)?.strip_prefix('g');
        rest.or_else(softened).is_some_and(|rest| OWNER_SUFFIXES.contains(&rest))
    })
}

/// "kartinizin numarasi", "kart no", with any suffix of either word.
fn is_card_number(words: &[String]) -> bool {
    let [card, number, ..] = words else { return false };
    let is_number = number.starts_with("numara") || number.strip_prefix("no").is_some_and(is_number_suffix);
    is_number && card.strip_prefix("kart").is_some_and(is_suffix)
}

fn is_number_suffix(rest: &str) -> bool {
    is_suffix(rest) || NUMBER_SUFFIXES.contains(&rest)
}

/// Returns whether the rest of a word is a suffix, behind the plural or not.
fn is_suffix(rest: &str) -> bool {
    let is_listed = |rest: &str| {
        rest.is_empty()
            || ["e", "a"].contains(&rest)
            || secret_words().suffixes.iter().any(|suffix| suffix == rest)
    };
    let plural = rest.strip_prefix("ler").or_else(|| rest.strip_prefix("lar"));
    is_listed(rest) || plural.is_some_and(is_listed)
}

fn is_code(word: &str) -> bool {
    let SecretWords { words, before, after, .. } = secret_words();
    let word = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
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
            "Telefonunuza gelen kodu birime bildirin.",
            "SMS ile gelen kodu söyleyin",
            "Kilit çözme kodunuzu gönderin",
            "Teyit kodunuzu yazın",
            "Doğrulama numaranızı bildirin",
            "Aktivasyon kodunu iletin",
            "Tek kullanımlık kodu yazın",
            "Kodlarınızı yazın",
            "Kodu birime bildirin",
            "SMS ile kodu bildirin",
            "E-posta kodunuzu bildirin",
            "Birimden kodu isteyin",
            "Size gelen code",
            "Gizli soru cevabınızı yazın",
            "Kredi kartı numaranızı bildirin",
            "Kartınızın numarasını bildirin",
            "Kart nonuzu yazın",
            "Kart No'su",
            "Onay no",
            "Güvenlik nonuzu",
            "Son kullanma tarihi",
            "Gelen SMS'i iletin",
            "pinlerinizi gönderin",
            "PUKlarınızı iletin",
            "PINe gerek var",
            "PU K kodunuzu",
            "PI N",
            "PI Ninizi",
            "P INinizi",
            "ko dunuzu",
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
            "Son Kullanıcı Destek Birimi",
            "Dekontu güvenlik noktasına bırakın",
            "Evrak onay noktası",
            "Kart noter onaylı dilekçeyle verilir",
            "Kart nöbetçi memura teslim edilir",
            "Kart, numune odasına",
            "Kurum kodu 33, birim kodunuz 152",
            "Kurumunuzun kodu ve müdürlüğün kodu",
            "İlçe kodları",
            "Harcama birimi kodu",
            "İl Müdürlüğü kodu: 33",
            "Kodlama eğitimi",
            "Sertifika aktivasyonu",
            "Bu il ve ilçe de pu",
            "Ad, il, no",
        ] {
            assert!(!mentions_code(text), "{text}");
        }
    }
}
