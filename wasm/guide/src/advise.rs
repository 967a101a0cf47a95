//! Converts a snapshot into hints.

use crate::check::form_hints;
use crate::normalized_snapshot::NormalizedSnapshot;
use crate::pages::{Extract, PageHint};
use crate::recognise::recognise;
use crate::{Button, Environment, Field, Hint, PageSnapshot, PageVisit, SavedState, payment_hints};
use eimza_payment::{PriceList, price_list};
use eimza_turkish::normalize_label;
use serde::Serialize;

/// The answer to a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageAdvice {
    /// The id of the page; none, and no hints, where it is not recognised.
    pub page: Option<String>,
    /// The page's screen, where it is not the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    /// The hints in reading order.
    pub hints: Vec<Hint>,
    /// The visit to record; none where the page is not recognised.
    #[serde(skip)]
    pub visit: Option<PageVisit>,
}

/// Returns the hints for a page, given the user's progress and environment; none where the page is not
/// recognised.
#[must_use]
pub fn advise(snapshot: &PageSnapshot, saved_state: &SavedState, environment: Environment) -> PageAdvice {
    let normalized = NormalizedSnapshot::of(snapshot);
    let snapshot = normalized.snapshot();
    let Some(page) = recognise(snapshot) else {
        return PageAdvice::default();
    };
    let screen = page.screen_id();
    let user_context = saved_state.user_context(Some(&screen), environment.os);
    let is_encrypted = snapshot.url.starts_with("https://");
    let applicable = page
        .hints
        .iter()
        .filter(|hint| hint.when.holds(&user_context) && !(hint.unencrypted && is_encrypted));
    let prices =
        if page.extract == Some(Extract::Prices) { price_list(&snapshot.texts) } else { PriceList::new() };
    let address = bare_address(&snapshot.url);
    let visit = PageVisit { screen, address, prices };
    // Amounts without the texts around them may be other amounts.
    let about_payment = if snapshot.partial {
        Vec::new()
    } else {
        payment_hints::hints(page, &visit, snapshot, saved_state, environment)
    };
    let hints = applicable
        .flat_map(|hint| page_hints(hint, snapshot))
        .chain(about_payment)
        .chain(form_hints(&page.fields, &page.choices, &normalized, &user_context, environment.today));
    PageAdvice {
        page: Some(page.id.clone()),
        screen: page.screen.clone(),
        hints: hints.collect(),
        visit: (!snapshot.partial).then_some(visit),
    }
}

/// Returns a URL without query, fragment and session id, which change with every visit and may contain
/// personal data.
fn bare_address(url: &str) -> String {
    url.split(['?', '#', ';']).next().unwrap_or_default().to_owned()
}

/// Returns a hint at each of its anchors.
fn page_hints(hint: &PageHint, snapshot: &PageSnapshot) -> Vec<Hint> {
    if hint.at.is_empty() {
        return vec![hint_at(hint, None)];
    }
    anchors(&hint.at, snapshot).into_iter().map(|anchor| hint_at(hint, Some(anchor))).collect()
}

/// Returns the references of the fields with one of these labels, and of the groups of radio buttons with one
/// of these choices; where there is none, of the buttons with one of these texts.
fn anchors(names: &[String], snapshot: &PageSnapshot) -> Vec<String> {
    let names: Vec<String> = names.iter().map(|name| normalize_label(name)).collect();
    let is_named = |field: &&Field| {
        names.contains(&field.normalized_name())
            || field.is_radio_group()
                && field.options.iter().any(|option| names.contains(&normalize_label(option)))
    };
    let fields = snapshot.fields.iter().filter(is_named);
    let fields: Vec<String> = fields.map(|field| field.reference.clone()).collect();
    if !fields.is_empty() {
        return fields;
    }
    let is_named = |button: &&Button| {
        names.contains(&normalize_label(&button.text)) || names.contains(&without_count(&button.text))
    };
    let buttons = snapshot.buttons.iter().filter(is_named);
    buttons.map(|button| button.reference.clone()).collect()
}

/// Returns the normalized text of a button without what is no letter at its ends: the number on a badge, an
/// arrow.
fn without_count(text: &str) -> String {
    normalize_label(text.trim_matches(|end: char| !end.is_alphabetic()))
}

fn hint_at(hint: &PageHint, anchor: Option<String>) -> Hint {
    Hint { anchor, action: hint.action, quiet: hint.quiet, ..Hint::new(&hint.message, hint.severity) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldKind, Os, Severity};

    fn advise(snapshot: &PageSnapshot) -> PageAdvice {
        super::advise(snapshot, &SavedState::default(), Environment::default())
    }

    fn card_reader_form(fields: Vec<Field>) -> PageSnapshot {
        PageSnapshot {
            url: "https://ebasvuru.kamusm.gov.tr/kartokuyucu".to_owned(),
            headings: vec!["Kart Okuyucu Müşteri Başvurusu".to_owned()],
            fields,
            ..PageSnapshot::default()
        }
    }

    fn address(value: &str) -> Field {
        Field {
            reference: "f1".to_owned(),
            kind: FieldKind::Textarea,
            label: "Adres (*)".to_owned(),
            value: value.to_owned(),
            ..Field::default()
        }
    }

    fn findings(advice: &PageAdvice) -> Vec<(&str, Severity, &str)> {
        let of_address = advice.hints.iter().filter(|hint| hint.id == "address.abbreviation");
        of_address
            .map(|hint| (hint.args["written"].as_str(), hint.severity, hint.fixes[0].text.as_str()))
            .collect()
    }

    #[test]
    fn a_partial_reading_finds_only_what_was_read() {
        let missing = Field { label: "GSM *".to_owned(), reference: "f2".to_owned(), ..Field::default() };
        let send = Button { text: "Kaydet".to_owned(), reached: true, reference: "b1".to_owned() };
        let whole =
            PageSnapshot { buttons: vec![send], ..card_reader_form(vec![address("Gül Cad. 5"), missing]) };
        let partial = PageSnapshot { partial: true, ..whole.clone() };
        let ids = |snapshot| advise(snapshot).hints.into_iter().map(|hint| hint.id).collect::<Vec<_>>();
        assert!(ids(&whole).contains(&"mandatory.missing".to_owned()), "{:?}", ids(&whole));
        assert!(!ids(&partial).iter().any(|id| id.starts_with("mandatory")));
        assert!(ids(&partial).contains(&"address.abbreviation".to_owned()));
        assert!(advise(&whole).visit.is_some() && advise(&partial).visit.is_none());
    }

    #[test]
    fn offers_a_fix_for_each_abbreviation() {
        let advice = advise(&card_reader_form(vec![address("Atatürk Mah. 1234. Sok. No:5")]));
        assert_eq!(
            findings(&advice),
            [
                ("Mah.", Severity::Error, "Mahallesi"),
                ("Sok.", Severity::Error, "Sokak"),
                ("No", Severity::Advice, "Numara"),
            ]
        );
    }

    #[test]
    fn accepts_a_full_address_with_only_the_rule_shown() {
        let advice =
            advise(&card_reader_form(vec![address("Atatürk Mahallesi 1234. Sokak Numara:5 Yenişehir")]));
        let anchored: Vec<_> = advice.hints.iter().filter(|hint| hint.anchor.is_some()).collect();
        assert_eq!(anchored.len(), 1);
        assert_eq!(anchored[0].id, "address.rule");
    }

    #[test]
    fn does_not_check_other_fields() {
        let email = Field {
            label: "E-posta adresi".to_owned(),
            value: "mah.sok@ornek.example".to_owned(),
            ..address("")
        };
        let name = Field { label: "Ad Soyad".to_owned(), value: "Mah. Sok.".to_owned(), ..address("") };
        let advice = advise(&card_reader_form(vec![email, name]));
        assert!(advice.hints.iter().all(|hint| hint.anchor.is_none()));
    }

    #[test]
    fn uses_the_placeholder_of_fields_without_label() {
        let field = Field { label: String::new(), placeholder: "Adres".to_owned(), ..address("Gül Cad.") };
        assert_eq!(findings(&advise(&card_reader_form(vec![field]))).len(), 1);
    }

    #[test]
    fn unknown_pages_get_no_hints() {
        let mut snapshot = card_reader_form(vec![address("Gül Cad.")]);
        snapshot.url = "https://ebasvuru.kamusm.gov.tr/hakkinda".to_owned();
        assert_eq!(advise(&snapshot), PageAdvice::default());
    }

    #[test]
    fn the_mistyped_host_of_the_guide_gets_no_hints() {
        let snapshot = PageSnapshot {
            url: "https://nesbireysel.kamusal.gov.tr/nb.go".to_owned(),
            headings: vec!["Kilit Çözme Ekranı".to_owned()],
            ..PageSnapshot::default()
        };
        assert_eq!(advise(&snapshot), PageAdvice::default());
    }

    #[test]
    fn accepts_hostile_text() {
        let mut snapshot = card_reader_form(vec![address(&"<script>Mah.\u{202e}".repeat(20_000))]);
        snapshot.texts = vec!["<img onerror=alert(1)>".repeat(50_000)];
        assert_eq!(advise(&snapshot).page.as_deref(), Some("kartokuyucu.form"));
    }

    fn login_screen(fields: &[&str], buttons: &[&str]) -> PageSnapshot {
        let field = |(index, label): (usize, &&str)| Field {
            reference: format!("f{index}"),
            label: (*label).to_owned(),
            ..Field::default()
        };
        let button = |(index, text): (usize, &&str)| Button {
            reference: format!("b{index}"),
            text: (*text).to_owned(),
            reached: false,
        };
        PageSnapshot {
            url: "https://nesbireysel.kamusm.gov.tr/nb.go".to_owned(),
            headings: vec!["Şifreli Giriş Ekranı".to_owned()],
            fields: fields.iter().enumerate().map(field).collect(),
            buttons: buttons.iter().enumerate().map(button).collect(),
            ..PageSnapshot::default()
        }
    }

    fn anchors_of<'a>(advice: &'a PageAdvice, id: &str) -> Vec<&'a str> {
        let hints = advice.hints.iter().filter(|hint| hint.id == id);
        hints.map(|hint| hint.anchor.as_deref().unwrap_or_default()).collect()
    }

    #[test]
    fn anchors_hints_at_their_fields() {
        let fields = ["Kimlik No", "Resimdeki Yazı:", "GÜVENLİK SÖZCÜĞÜ (*)"];
        let advice = advise(&login_screen(&fields, &["Giriş"]));
        assert_eq!(advice.page.as_deref(), Some("nesbireysel.login"));
        assert_eq!(anchors_of(&advice, "nesbireysel.login.word"), ["f2"]);
    }

    #[test]
    fn anchors_hints_at_buttons_where_no_field_matches() {
        let menu = PageSnapshot {
            url: "https://nesbireysel.kamusm.gov.tr/nb.go".to_owned(),
            texts: vec!["İşlemler Menüsü".to_owned(), "Kilit Çözme".to_owned()],
            ..PageSnapshot::default()
        };
        assert_eq!(anchors_of(&advise(&menu), "nesbireysel.menu.unlock"), [""; 0]);
        let button = Button { reference: "b7".to_owned(), text: "Kilit Çözme".to_owned(), reached: false };
        let menu = PageSnapshot { buttons: vec![button], ..menu };
        assert_eq!(anchors_of(&advise(&menu), "nesbireysel.menu.unlock"), ["b7"]);
    }

    #[test]
    fn anchors_hints_at_buttons_with_a_badge_or_an_arrow() {
        let menu = |text: &str| {
            let button = Button { reference: "b7".to_owned(), text: text.to_owned(), reached: false };
            advise(&PageSnapshot {
                url: "https://nesbireysel.kamusm.gov.tr/nb.go".to_owned(),
                texts: vec!["İşlemler Menüsü".to_owned(), "Kilit Çözme".to_owned()],
                buttons: vec![button],
                ..PageSnapshot::default()
            })
        };
        for text in ["Kilit Çözme 3", "Kilit Çözme ›", "» Kilit C\u{327}özme (12)", "1. Kilit Çözme"]
        {
            assert_eq!(anchors_of(&menu(text), "nesbireysel.menu.unlock"), ["b7"], "{text}");
        }
        for text in ["Kilit Çözme 3 yeni", "Kilit Çözme Yardım", "PIN Kilit Çözme"] {
            assert_eq!(anchors_of(&menu(text), "nesbireysel.menu.unlock"), [""; 0], "{text}");
        }
    }

    #[test]
    fn anchors_hints_at_choices_of_radio_buttons() {
        let group = Field {
            reference: "f3".to_owned(),
            kind: FieldKind::Radio,
            label: "İmza Türü".to_owned(),
            options: vec!["E-İMZA".to_owned(), "ISLAK İMZA İLE İMZALA".to_owned()],
            ..Field::default()
        };
        let advice = advise(&PageSnapshot {
            url: "https://portal.kamusm.gov.tr/bp/ws.go".to_owned(),
            fields: vec![group],
            ..PageSnapshot::default()
        });
        assert_eq!(advice.screen.as_deref(), Some("sign"));
        assert_eq!(anchors_of(&advice, "portal.sign.wet"), ["f3"]);
    }

    #[test]
    fn reads_pages_with_decomposed_and_invisible_characters() {
        let mut snapshot = card_reader_form(vec![Field {
            label: "A\u{ad}dres zorunlu alan".to_owned(),
            ..address("Gu\u{308}l Ma\u{200b}h. Nar S\u{327}ht. Sk. 5")
        }]);
        snapshot.headings = vec!["Kart Okuyucu Mu\u{308}s\u{327}teri Bas\u{327}vurusu".to_owned()];
        let advice = advise(&snapshot);
        let fixes: Vec<_> = advice.hints.iter().flat_map(|hint| &hint.fixes).collect();
        let ranges: Vec<_> = fixes.iter().map(|fix| (fix.start, fix.end, fix.text.as_str())).collect();
        assert_eq!(advice.page.as_deref(), Some("kartokuyucu.form"));
        assert!(ranges.contains(&(5, 10, "Mahallesi")) && ranges.contains(&(15, 20, "Şehit")), "{ranges:?}");
    }

    #[test]
    fn a_driver_page_over_http_says_that_the_download_cannot_be_trusted() {
        for (scheme, warns) in [("http", true), ("https", false)] {
            let advice = advise(&PageSnapshot {
                url: format!("{scheme}://www.kamusm.gov.tr/islemler/surucu_yukleme_servisi/"),
                texts: vec!["Kur1: Akıllı Kart Sürücüsü".to_owned()],
                ..PageSnapshot::default()
            });
            assert_eq!(advice.page.as_deref(), Some("info.drivers"));
            assert_eq!(
                advice.hints.iter().any(|hint| hint.id == "info.drivers.unencrypted"),
                warns,
                "{scheme}"
            );
        }
    }

    #[test]
    fn omits_hints_for_other_users() {
        let drivers = PageSnapshot {
            url: "https://www.kamusm.gov.tr/islemler/surucu_yukleme_servisi/".to_owned(),
            texts: vec!["Kur1: Akıllı Kart Sürücüsü".to_owned()],
            ..PageSnapshot::default()
        };
        let ids_on = |os| {
            let advice = super::advise(&drivers, &SavedState::default(), Environment { os, today: None });
            let of_system = |id: &str| id.ends_with("windows") || id.ends_with("linux");
            let hints = advice.hints.into_iter().map(|hint| hint.id);
            hints.filter(|id| of_system(id)).collect::<Vec<_>>()
        };
        assert_eq!(ids_on(Some(Os::Windows)), ["info.drivers.windows"]);
        assert_eq!(ids_on(Some(Os::Linux)), ["info.drivers.linux"]);
        assert_eq!(ids_on(None), [""; 0]);
    }
}
