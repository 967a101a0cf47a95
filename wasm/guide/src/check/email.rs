//! E-mail addresses.

use super::finding::Finding;
use super::form::{Form, Typing};
use super::form_check::FormCheck;
use super::purpose::FieldPurpose;
use crate::Severity;
use email_address::{EmailAddress, Options};
use std::sync::OnceLock;

const EMAIL: FieldPurpose = FieldPurpose {
    open_positions: "",
    ..FieldPurpose::new(
        "email",
        &[
            "E-posta",
            "E-posta Adresi",
            "E-posta Adresiniz",
            "E-postanız",
            "Eposta",
            "Eposta Adresi",
            "Eposta Adresiniz",
            "Epostanız",
            "E-mail",
            "E-mail Adresi",
            "E-mail Adresiniz",
            "E-mailiniz",
            "Email",
            "Email Adresi",
            "Email Adresiniz",
            "Mail Adresi",
            "Mail Adresiniz",
            "Elektronik Posta",
            "Elektronik Posta Adresi",
            "Elektronik Posta Adresiniz",
        ],
    )
    .without_invisible(Severity::Error)
};

/// Host names with fewer characters are not corrected: too many others differ from them by one character.
const MIN_CORRECTED_LENGTH: usize = 9;

pub(super) struct EmailCheck;

impl FormCheck for EmailCheck {
    fn purposes(&self) -> &'static [FieldPurpose] {
        &[EMAIL]
    }

    fn check(&self, form: &Form<'_>, findings: &mut Vec<Finding>) {
        form.check_texts(&EMAIL, findings, |typed| check(typed.text, typed.typing));
    }

    #[cfg(test)]
    fn samples(&self) -> Vec<super::sample::Sample> {
        use super::sample::Sample;
        vec![
            Sample::new("email_form", &[("E-posta", "a")]),
            Sample::new("email_space", &[("E-posta", "a b")]),
            Sample::new("email_letter", &[("E-posta", "ş@a.com")]),
            Sample::new("email_domain", &[("E-posta", "a@gmial.com")]),
        ]
    }
}

fn check(text: &str, typing: Typing) -> Option<Finding> {
    if text.contains(char::is_whitespace) {
        let joined = text.split_whitespace().collect::<String>();
        let finding = Finding::new("email_space", Severity::Error);
        // Offer no replacement where the text also contains a name or a second address.
        return Some(if is_mailbox(&joined) { finding.replace_with(joined) } else { finding });
    }
    if text.matches('@').count() > 1 {
        return Some(Finding::new("email_form", Severity::Error));
    }
    if let Some(letter) = text.chars().find(|letter| !letter.is_ascii()) {
        // RFC 6531 allows it, but hardly any mailbox has one.
        return Some(Finding::new("email_letter", Severity::Advice).with("letter", &letter));
    }
    if typing == Typing::InProgress {
        return None;
    }
    let Ok(address) = EmailAddress::parse_with_options(text, options()) else {
        return Some(Finding::new("email_form", Severity::Error));
    };
    let intended = intended_host(&address.domain().to_ascii_lowercase())?;
    let corrected = format!("{}@{intended}", address.local_part());
    Some(Finding::new("email_domain", Severity::Advice).with("meant", &intended).replace_with(corrected))
}

/// Returns whether a text is the plain address of a mailbox, without a display name, and without characters
/// that a mail program could interpret.
pub(crate) fn is_mailbox(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_alphanumeric() || ".@_-+".contains(letter))
        && EmailAddress::parse_with_options(text, options()).is_ok()
}

fn options() -> Options {
    Options::default().with_minimum_sub_domains(2).without_display_text().without_domain_literal()
}

/// Returns the only well-known mail host within one edit of a domain; none for a domain that is well known
/// itself.
fn intended_host(domain: &str) -> Option<&'static str> {
    if mail_hosts().iter().any(|known| known == domain) {
        return None;
    }
    let long = mail_hosts().iter().filter(|known| known.len() >= MIN_CORRECTED_LENGTH);
    // Another country code is another host: "yahoo.com.br".
    let without_country = |host: &str| {
        host.rsplit_once('.').filter(|(_, last)| last.len() == 2).map(|(rest, _)| rest.to_owned())
    };
    let is_abroad =
        |known: &str| without_country(known).is_some_and(|rest| without_country(domain) == Some(rest));
    let mut near = long.filter(|known| strsim::osa_distance(known, domain) == 1 && !is_abroad(known));
    let intended = near.next()?;
    near.next().is_none().then_some(intended)
}

/// Returns the well-known mail hosts: `data/mail-hosts.json`.
fn mail_hosts() -> &'static [String] {
    static HOSTS: OnceLock<Vec<String>> = OnceLock::new();
    HOSTS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/mail-hosts"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message_key(text: &str, typing: Typing) -> Option<&'static str> {
        check(text, typing).map(|finding| finding.message)
    }

    #[test]
    fn accepts_addresses() {
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
            assert_eq!(message_key(text, Typing::Finished), None, "{text}");
        }
    }

    #[test]
    fn finds_wrong_addresses() {
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
            assert_eq!(message_key(text, Typing::Finished), Some(message), "{text}");
        }
    }

    #[test]
    fn accepts_incomplete_addresses_while_typing() {
        for text in ["den", "deneme@", "deneme@gmai", "deneme@gmial.com"] {
            assert_eq!(message_key(text, Typing::InProgress), None, "{text}");
        }
        assert_eq!(message_key("dene me", Typing::InProgress), Some("email_space"));
    }

    #[test]
    fn corrects_typos_in_well_known_hosts() {
        for (written, meant) in [
            ("x@gmial.com", "x@gmail.com"),
            ("x@hotmail.con", "x@hotmail.com"),
            ("x@saglk.gov.tr", "x@saglik.gov.tr"),
        ] {
            let finding = check(written, Typing::Finished).unwrap();
            assert_eq!(
                (finding.message, finding.replacements.first().map(String::as_str)),
                ("email_domain", Some(meant)),
                "{written}"
            );
        }
        assert_eq!(message_key("x@gmxl.example", Typing::Finished), None);
    }

    #[test]
    fn offers_only_valid_addresses_as_fix() {
        let fix = |text: &str| {
            check(text, Typing::Finished).and_then(|finding| finding.replacements.into_iter().next())
        };
        assert_eq!(fix("a.veli @saglik.gov.tr").as_deref(), Some("a.veli@saglik.gov.tr"));
        assert_eq!(fix("Ali Veli <a.veli@saglik.gov.tr>"), None);
        assert_eq!(fix("a@x.example; b@y.example"), None);
    }

    #[test]
    fn well_known_hosts_are_not_corrected() {
        assert!(mail_hosts().len() > 8);
        assert!(mail_hosts().iter().all(|host| intended_host(host).is_none()));
    }
}
