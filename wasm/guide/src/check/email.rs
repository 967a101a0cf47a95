//! E-mail addresses.

use super::{Finding, Typing};
use crate::Severity;
use email_address::{EmailAddress, Options};
use std::sync::OnceLock;

pub(super) fn check(text: &str, typing: Typing) -> Option<Finding> {
    if text.contains(char::is_whitespace) {
        let together = text.split_whitespace().collect::<String>();
        return Some(Finding::new("email_space", Severity::Error).instead(together));
    }
    if text.matches('@').count() > 1 {
        return Some(Finding::new("email_form", Severity::Error));
    }
    if let Some(letter) = text.chars().find(|letter| !letter.is_ascii()) {
        // Allowed in theory (RFC 6531); hardly any mailbox has one.
        return Some(Finding::new("email_letter", Severity::Advice).with("letter", &letter));
    }
    if typing == Typing::Going {
        return None;
    }
    let options =
        Options::default().with_minimum_sub_domains(2).without_display_text().without_domain_literal();
    let Ok(address) = EmailAddress::parse_with_options(text, options) else {
        return Some(Finding::new("email_form", Severity::Error));
    };
    let meant = meant(&address.domain().to_ascii_lowercase())?;
    let instead = format!("{}@{meant}", address.local_part());
    Some(Finding::new("email_domain", Severity::Advice).with("meant", &meant).instead(instead))
}

/// The well-known mail host that a domain is one slip away from; none for one that exists itself.
fn meant(domain: &str) -> Option<&'static str> {
    if hosts().iter().any(|known| known == domain) {
        return None;
    }
    let mut near = hosts().iter().filter(|known| strsim::osa_distance(known, domain) == 1);
    let meant = near.next()?;
    near.next().is_none().then_some(meant)
}

fn hosts() -> &'static [String] {
    static HOSTS: OnceLock<Vec<String>> = OnceLock::new();
    // Part of the program, and read by a test: an unreadable list never ships.
    HOSTS.get_or_init(|| serde_json::from_str(include_str!("../../data/mail-hosts.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, typing: Typing) -> Option<&'static str> {
        check(text, typing).map(|finding| finding.message)
    }

    #[test]
    fn addresses_get_silence() {
        for text in [
            "ad.soyad@saglik.gov.tr",
            "a@b.example",
            "a+b@gmail.com",
            "A_B-c@GMAIL.com",
            "x@mail.com",
            "x@ymail.com",
            "doktor@ornek-hastanesi.gov.tr",
            "x@gmail.co.uk",
            "o'neil@ornek.example",
        ] {
            assert_eq!(said(text, Typing::Done), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_found() {
        for (text, message) in [
            ("deneme", "email_form"),
            ("deneme@", "email_form"),
            ("@gmail.com", "email_form"),
            ("deneme@gmail", "email_form"),
            ("deneme@@gmail.com", "email_form"),
            ("a@b@gmail.com", "email_form"),
            ("deneme@gmail..com", "email_form"),
            ("deneme@.com", "email_form"),
            ("Deneme <deneme@gmail.com>", "email_space"),
            ("deneme @gmail.com", "email_space"),
            ("ışık@gmail.com", "email_letter"),
        ] {
            assert_eq!(said(text, Typing::Done), Some(message), "{text}");
        }
    }

    #[test]
    fn an_address_that_is_still_being_typed_may_be_unfinished() {
        for text in ["den", "deneme@", "deneme@gmai", "deneme@gmial.com"] {
            assert_eq!(said(text, Typing::Going), None, "{text}");
        }
        assert_eq!(said("dene me", Typing::Going), Some("email_space"));
    }

    #[test]
    fn one_slip_in_a_well_known_host_is_asked_about() {
        for (written, meant) in [
            ("x@gmial.com", "x@gmail.com"),
            ("x@hotmail.con", "x@hotmail.com"),
            ("x@saglk.gov.tr", "x@saglik.gov.tr"),
        ] {
            let finding = check(written, Typing::Done).unwrap();
            assert_eq!(
                (finding.message, finding.instead.as_deref()),
                ("email_domain", Some(meant)),
                "{written}"
            );
        }
        assert_eq!(said("x@gmxl.example", Typing::Done), None);
    }

    #[test]
    fn no_host_is_a_slip_of_another_and_all_are_read() {
        assert!(hosts().len() > 8);
        assert!(hosts().iter().all(|host| meant(host).is_none()));
    }
}
