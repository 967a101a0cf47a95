//! E-mail addresses.

use super::{Finding, Typing};
use crate::Severity;
use email_address::{EmailAddress, Options};
use std::sync::OnceLock;

/// A host that is shorter is one slip away from too many others.
const SHORT: usize = 9;

pub(super) fn check(text: &str, typing: Typing) -> Option<Finding> {
    if text.contains(char::is_whitespace) {
        let together = text.split_whitespace().collect::<String>();
        let finding = Finding::new("email_space", Severity::Error);
        // A name beside it, or a second address, is more than a space.
        return Some(if is_mailbox(&together) { finding.instead(together) } else { finding });
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
    let Ok(address) = EmailAddress::parse_with_options(text, options()) else {
        return Some(Finding::new("email_form", Severity::Error));
    };
    let meant = meant(&address.domain().to_ascii_lowercase())?;
    let instead = format!("{}@{meant}", address.local_part());
    Some(Finding::new("email_domain", Severity::Advice).with("meant", &meant).instead(instead))
}

/// Whether a text is the plain address of a mailbox: nothing around it, nothing in it that a program could take for more.
pub(crate) fn is_mailbox(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_alphanumeric() || ".@_-+".contains(letter))
        && EmailAddress::parse_with_options(text, options()).is_ok()
}

fn options() -> Options {
    Options::default().with_minimum_sub_domains(2).without_display_text().without_domain_literal()
}

/// The well-known mail host that a domain is one slip away from; none for one that exists itself.
fn meant(domain: &str) -> Option<&'static str> {
    if hosts().iter().any(|known| known == domain) {
        return None;
    }
    let long = hosts().iter().filter(|known| known.len() >= SHORT);
    // Of another country is another host: "yahoo.com.br".
    let home = |host: &str| {
        host.rsplit_once('.').filter(|(_, last)| last.len() == 2).map(|(rest, _)| rest.to_owned())
    };
    let is_abroad = |known: &str| home(known).is_some_and(|rest| home(domain) == Some(rest));
    let mut near = long.filter(|known| strsim::osa_distance(known, domain) == 1 && !is_abroad(known));
    let meant = near.next()?;
    near.next().is_none().then_some(meant)
}

fn hosts() -> &'static [String] {
    static HOSTS: OnceLock<Vec<String>> = OnceLock::new();
    HOSTS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/mail-hosts"))))
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
            "x@hs02.kep.tr",
            "x@ge.com",
            "x@yahoo.com.br",
            "x@hotmail.com.ar",
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
    fn a_fix_is_an_address_or_none() {
        let fix = |text: &str| check(text, Typing::Done).and_then(|finding| finding.instead);
        assert_eq!(fix("a.veli @saglik.gov.tr").as_deref(), Some("a.veli@saglik.gov.tr"));
        assert_eq!(fix("Ali Veli <a.veli@saglik.gov.tr>"), None);
        assert_eq!(fix("a@x.example; b@y.example"), None);
    }

    #[test]
    fn no_host_is_a_slip_of_another_and_all_are_read() {
        assert!(hosts().len() > 8);
        assert!(hosts().iter().all(|host| meant(host).is_none()));
    }
}
