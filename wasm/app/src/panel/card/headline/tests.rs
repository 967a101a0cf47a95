//! Tests the headline of every combination of PIN, PUK and certificate.

use super::super::test_card::test_card;
use super::*;
use eimza_i18n::Catalog;
use eimza_protocol::{Certificate, Lang};

const NOW: u64 = 1_795_856_400;
const DAY: u64 = 24 * 60 * 60;

const PINS: [(&str, CodeState); 6] = [
    ("usable", CodeState::Usable { tries: Some(3) }),
    ("uncounted", CodeState::Usable { tries: None }),
    ("last try", CodeState::Usable { tries: Some(1) }),
    ("no try", CodeState::Usable { tries: Some(0) }),
    ("blocked", CodeState::Blocked),
    ("unknown", CodeState::Unknown),
];

const PUKS: [CodeState; 5] = [
    CodeState::Usable { tries: Some(3) },
    CodeState::Usable { tries: Some(1) },
    CodeState::Usable { tries: None },
    CodeState::Unknown,
    CodeState::Blocked,
];

/// The validity periods, in days from now.
const PERIODS: [(&str, Option<(i64, i64)>); 6] = [
    ("none", None),
    ("later", Some((3, 1000))),
    ("long", Some((-10, 1000))),
    ("soon", Some((-1000, 12))),
    ("today", Some((-1000, 0))),
    ("ended", Some((-1000, -3))),
];

fn card(pin: CodeState, puk: CodeState, period: Option<(i64, i64)>) -> CardStatus {
    let at = |days: i64| NOW.checked_add_signed(days * DAY.cast_signed()).unwrap();
    let certificate = period.map(|(from, until)| Certificate {
        holder: String::new(),
        serial: String::new(),
        issuer: String::new(),
        from: at(from),
        until: at(until),
    });
    test_card(pin, puk, certificate.into_iter().collect())
}

/// Returns every card with the name of its PIN state and of its period.
fn every_card() -> impl Iterator<Item = (&'static str, &'static str, CardStatus)> {
    PINS.into_iter().flat_map(|(pin_name, pin)| {
        PERIODS.into_iter().flat_map(move |(period_name, period)| {
            PUKS.into_iter().map(move |puk| (pin_name, period_name, card(pin, puk, period)))
        })
    })
}

/// Returns the headline's sentence and action.
fn headline(card: &CardStatus) -> (&'static str, Action) {
    let headline = findings(card, NOW)[0];
    (headline.sentence().0, headline.action())
}

/// Returns the expected headline, written down independently of the order in which findings are collected.
fn expected(pin: &str, period: &str, puk_blocked: bool) -> (&'static str, Action) {
    match (period, pin, puk_blocked) {
        ("ended", _, _) => ("headline_ended", Action::Renew),
        (_, "blocked", true) => ("headline_codes_blocked", Action::WithoutPuk),
        ("later", _, _) => ("headline_begins", Action::Refresh),
        (_, "blocked", false) => ("headline_pin_blocked", Action::Unlock),
        (_, "last try" | "no try", _) => ("headline_last_try", Action::ForgotPin),
        (_, "usable" | "uncounted", true) => ("headline_puk_blocked", Action::Refresh),
        (_, "unknown", true) => ("headline_puk_blocked_pin_unknown", Action::WithoutPuk),
        ("soon", _, false) => ("headline_ends_in", Action::Renew),
        ("today", _, false) => ("headline_ends_today", Action::Renew),
        (_, "unknown", false) => ("headline_pin_unknown", Action::Unlock),
        ("none", _, false) => ("headline_no_certificate", Action::Refresh),
        ("long", _, false) => ("headline_ready", Action::Refresh),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_combination_has_its_sentence_and_action() {
    for (pin, period, card) in every_card() {
        let puk_blocked = card.puk == CodeState::Blocked;
        assert_eq!(headline(&card), expected(pin, period, puk_blocked), "{pin}, {period}, {:?}", card.puk);
    }
}

#[test]
fn a_certificate_that_cannot_be_used_offers_no_unlock() {
    for (pin, period, card) in every_card().filter(|(_, period, _)| ["ended", "later"].contains(period)) {
        let (_, action) = headline(&card);
        assert!(![Action::Unlock, Action::ForgotPin].contains(&action), "{pin}, {period}");
        assert!(findings(&card, NOW).into_iter().any(Finding::makes_unlock_useless), "{pin}, {period}");
    }
}

#[test]
fn no_action_asks_for_a_puk_that_is_blocked() {
    for (pin, period, card) in every_card().filter(|(_, _, card)| card.puk == CodeState::Blocked) {
        assert_ne!(headline(&card).1, Action::Unlock, "{pin}, {period}");
    }
}

#[test]
fn only_a_card_without_any_other_finding_is_ready() {
    for (pin, period, card) in every_card() {
        let found = findings(&card, NOW);
        let is_well = found.iter().any(|finding| finding.sign() == Sign::Well);
        assert_eq!(is_well, found == [Finding::Ready], "{pin}, {period}: {found:?}");
    }
}

#[test]
fn the_end_of_the_certificate_is_said_beside_a_blocked_pin() {
    let found = findings(&card(CodeState::Blocked, CodeState::Unknown, Some((-1000, 12))), NOW);
    assert_eq!(found[0], Finding::PinBlocked);
    assert_eq!(found[1].sentence().0, "headline_ends_in");
}

#[test]
fn every_text_is_in_both_catalogs_and_has_its_arguments() {
    for (_, _, card) in every_card() {
        for finding in findings(&card, NOW) {
            for lang in [Lang::Tr, Lang::En] {
                let catalog = Catalog::of(lang);
                let (key, args) = finding.sentence();
                let sentence = catalog.text_with(key, &args);
                assert!(
                    !sentence.is_empty() && !sentence.contains('$') && sentence != key,
                    "{key}: {sentence}"
                );
                for key in finding.explanation().into_iter().chain([finding.action().button().1]) {
                    assert_ne!(catalog.text(key, &[]), key);
                }
            }
        }
    }
}
