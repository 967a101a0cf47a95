//! Recognises a page.

use crate::PageSnapshot;
use crate::hosts::host_at;
use crate::location::Location;
use crate::pages::{Elsewhere, Page, pages};
use eimza_payment::amount_due;
use eimza_turkish::{contains_phrase, normalize_label};

/// The maximum number of bytes by which a normalized text may exceed a label to count as that label. A
/// sentence that only mentions a screen must not be taken for that screen.
const MAX_EXTRA_LENGTH: usize = 40;

/// Returns the known page that a snapshot shows; none where no page or more than one matches, because a wrong
/// hint is worse than none.
pub(crate) fn recognise(snapshot: &PageSnapshot) -> Option<&'static Page> {
    let location = Location::parse(&snapshot.url)?;
    host_at(&location)?;
    let mut candidates =
        pages().iter().filter_map(|page| Some((page, place_of(page, &location)?))).peekable();
    candidates.peek()?;
    let visible = Visible::of(snapshot);
    let matches: Vec<&Page> = candidates
        .filter(|(page, place)| page_matches(page, *place, &visible, snapshot))
        .map(|(page, _)| page)
        .collect();
    let mut preferred = matches
        .iter()
        .filter(|page| !matches.iter().any(|other| page.yields_to.contains(&other.screen_id())));
    let page = preferred.next()?;
    preferred.next().is_none().then_some(*page)
}

/// Where a page is: on a path that a source names, or elsewhere.
#[derive(Clone, Copy)]
enum Place {
    Known,
    Elsewhere(&'static Elsewhere),
}

fn place_of(page: &'static Page, location: &Location) -> Option<Place> {
    let is_on = |paths: &[String]| paths.iter().any(|path| is_at(path, location.path));
    if !page.hosts.contains(&location.host) {
        None
    } else if is_on(&page.paths) {
        Some(Place::Known)
    } else {
        page.elsewhere.as_ref().filter(|elsewhere| is_on(&elsewhere.paths)).map(Place::Elsewhere)
    }
}

fn page_matches(page: &Page, place: Place, visible: &Visible, snapshot: &PageSnapshot) -> bool {
    let is_enough = match place {
        Place::Known => true,
        Place::Elsewhere(elsewhere) => {
            visible.has_labels(&elsewhere.required_texts)
                && visible.has_sentence_of(&elsewhere.required_sentences)
        }
    };
    is_enough
        && visible.has_labels(&page.required_texts)
        && visible.has_sentence_of(&page.required_sentences)
        && !page.forbidden_texts.iter().any(|text| visible.has_label(text))
        && page.amount_due.is_none_or(|expected| amount_due(&snapshot.texts).is_some() == expected)
}

fn is_at(path: &str, location: &str) -> bool {
    match path.strip_suffix('*') {
        Some("/") => true,
        Some(folder) => location.len() > folder.len() && location.starts_with(folder),
        None => path == location,
    }
}

/// The visible texts of a page, normalized.
struct Visible {
    /// Title, headings, labels of fields, choices of radio buttons and texts of buttons.
    names: Vec<String>,
    /// All other texts.
    texts: Vec<String>,
}

impl Visible {
    fn of(snapshot: &PageSnapshot) -> Self {
        let radio_groups = snapshot.fields.iter().filter(|field| field.is_radio_group());
        let names = std::iter::once(&snapshot.title)
            .chain(&snapshot.headings)
            .chain(snapshot.fields.iter().flat_map(|field| [&field.label, &field.placeholder]))
            .chain(radio_groups.flat_map(|field| &field.options))
            .chain(snapshot.buttons.iter().map(|button| &button.text));
        let folded = |text: &String| normalize_label(text);
        Self { names: names.map(folded).collect(), texts: snapshot.texts.iter().map(folded).collect() }
    }

    /// Returns whether a whole text of the page is one of these sentences; true if there is none.
    fn has_sentence_of(&self, sentences: &[String]) -> bool {
        let is_shown = |sentence: &String| self.names.iter().chain(&self.texts).any(|text| text == sentence);
        sentences.is_empty() || sentences.iter().any(|sentence| is_shown(&normalize_label(sentence)))
    }

    /// Returns whether at least one label of each group is on the page.
    fn has_labels(&self, groups: &[Vec<String>]) -> bool {
        groups.iter().all(|group| group.iter().any(|text| self.has_label(text)))
    }

    /// Returns whether a label is on the page.
    fn has_label(&self, text: &str) -> bool {
        let phrase = normalize_label(text);
        let is_label = |text: &&String| text.len() <= phrase.len() + MAX_EXTRA_LENGTH;
        self.names.iter().chain(self.texts.iter().filter(is_label)).any(|text| contains_phrase(text, &phrase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(url: &str, texts: &[&str]) -> Option<&'static str> {
        let texts = texts.iter().map(|&text| text.to_owned()).collect();
        let snapshot = PageSnapshot { url: url.to_owned(), texts, ..PageSnapshot::default() };
        recognise(&snapshot).map(|page| page.id.as_str())
    }

    #[test]
    fn ignores_sentences_that_mention_a_screen() {
        let page = "https://nesbireysel.kamusm.gov.tr/nb.go";
        assert_eq!(found(page, &["SMS Onay Ekranı", "Onay"]), Some("nesbireysel.sms"));
        let sentence =
            "Sistem bakımdadır. SMS Onay Ekranı açıldığında “Onay” düğmesine bastıktan sonra bekleyiniz.";
        assert_eq!(found(page, &[sentence]), None);
    }

    #[test]
    fn paths_with_an_asterisk_match_everything_below() {
        assert!(is_at("/bs/*", "/bs/form.go"));
        assert!(is_at("/*", "") && is_at("/*", "/bs/form.go"));
        assert!(!is_at("/bs/*", "/bs") && !is_at("/bs/*", "/bs/") && !is_at("/bs/*", "/bsx/form.go"));
    }

    #[test]
    fn accepts_plain_http_for_information_only() {
        let texts = ["Mini kart okuyucu fiyatı"];
        let prices = "www.kamusm.gov.tr/urunler/nitelikli_elektronik_sertifika/fiyatlandirma.jsp";
        assert_eq!(found(&format!("http://{prices}"), &texts), Some("info.prices"));
        assert_eq!(found(&format!("https://{prices}"), &texts), Some("info.prices"));
        assert_eq!(
            found("http://ebasvuru.kamusm.gov.tr/kartokuyucu", &["Kart Okuyucu Müşteri Başvurusu"]),
            None
        );
    }
}
