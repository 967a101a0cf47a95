//! Finding host names in the texts of a profile, which may only contain known ones.

use crate::check::is_mailbox;
use crate::hosts::hosts;

/// Returns the first address in a text with an unknown host. Anything with a dot between letters counts,
/// because a profile can be written with a space there.
pub(super) fn foreign_address(text: &str) -> Option<String> {
    // Characters that look like ASCII ones are never needed here.
    if let Some(disguise) = text.chars().find(|&letter| is_disguise(letter)) {
        return Some(disguise.to_string());
    }
    let ends = |letter: char| letter.is_whitespace() || ",;:()[]<>“”«»\"'’".contains(letter);
    text.split(ends).find_map(foreign_word)
}

fn is_disguise(letter: char) -> bool {
    matches!(letter, '\u{ff00}'..='\u{ffef}' | '。' | '․' | '﹒' | '∕' | '⁄')
}

fn foreign_word(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let bare = word.trim_matches(|end: char| !end.is_alphanumeric());
    if is_mailbox(bare) && !bare.starts_with("www.") && known_within(bare).is_none() {
        return None; // an e-mail address is not a link
    }
    let of_name = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '.';
    // Anything after "//" counts as a host.
    if let Some((_, address)) = word.split_once("//")
        && !is_known(address.split(|letter| !of_name(letter)).next().unwrap_or_default())
    {
        return Some(word);
    }
    let mut rest = word.as_str();
    while let Some(start) = rest.find(of_name) {
        let run = &rest[start..];
        let length = run.find(|letter| !of_name(letter)).unwrap_or(run.len());
        let (name, after) = run.split_at(length);
        let name = name.trim_matches('.');
        if is_host(name) && !is_known(name) {
            return Some(name.to_owned());
        }
        // A path on a known host follows it.
        let path = |letter: char| letter.is_ascii_alphanumeric() || "./_-~?=&%+".contains(letter);
        rest = if is_known(name) && after.starts_with('/') { after.trim_start_matches(path) } else { after };
    }
    None
}

/// Returns whether a text may be a host name: labels separated by dots, the last of letters only; or four
/// numbers.
fn is_host(name: &str) -> bool {
    let Some((before, last)) = name.rsplit_once('.') else { return false };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    let is_address = name.split('.').count() == 4 && name.split('.').all(is_number);
    let is_name = !before.is_empty() && last.chars().count() > 1 && last.chars().all(char::is_alphabetic);
    is_name || is_address || name.contains("xn--")
}

fn is_known(name: &str) -> bool {
    hosts().iter().any(|host| host.name == name && !host.link_only)
}

/// Returns a known host whose name is part of a text.
fn known_within(text: &str) -> Option<&'static str> {
    hosts().iter().map(|host| host.name.as_str()).find(|name| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_unknown_hosts_in_every_disguise() {
        for text in [
            "Bakınız: https://example.org/x",
            "(www.example.org)",
            "HTTPS://EXAMPLE.ORG",
            "//http://example.org",
            "odeme-kamusm.com",
            "example.com adresinden ödeyin",
            "bit.ly/odeme",
            "kamusm.gov.tr.example.com",
            "portal.kamusm.gov.tr@example.com",
            "nesbireysel.kamusal.gov.tr/nb.go",
            "//example.com/x",
            "https:/example.com",
            "https:example.com",
            "https:\\\\example.com",
            "ｗｗｗ.example.com",
            "www．example．com",
            "www。example。com",
            "http：//example.com",
            "https://www.kamusm.gov.tr/;https://example.com",
            "(www.kamusm.gov.tr/)www.example.com",
            "Ödeme:example.com",
            "ödeme.example.com",
            "example.com/odeme@saglik.gov.tr",
            "pay.example.com?x@y.com",
            "http://93.184.216.34/odeme",
            "93.184.216.34",
            "http://3638028834/",
            "http://[::1]/",
            "https://localhost/",
            "ödeme.xn--p1ai/x",
            "https://www.java.com/tr/",
        ] {
            assert!(foreign_address(text).is_some(), "{text}");
        }
    }

    #[test]
    fn accepts_known_hosts_and_plain_text() {
        for text in [
            "Ayrıntı için www.kamusm.gov.tr adresine bakın.",
            "«https://portal.kamusm.gov.tr/bp/ws.go»",
            "www.kamusm.gov.tr’ye girin",
            "https://www.kamusm.gov.tr!",
            "Portal—https://portal.kamusm.gov.tr/bp/ws.go?x=1",
            "birim@ornek.example",
            "ad.soyad@saglik.gov.tr",
            "e-posta:birim@ornek.example",
            "a@ornek.example,b@ornek.example",
            "T.C. Kimlik No, vb.",
            "12.03.2024 tarihli kılavuz",
            "A.Ş.",
            "0324 337 34 99, dahili 152",
        ] {
            assert_eq!(foreign_address(text), None, "{text}");
        }
    }
}
