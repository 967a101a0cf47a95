//! Which page is this?

use crate::PageSnapshot;
use crate::hosts::host_at;
use crate::location::Location;
use crate::pages::{Page, pages};
use eimza_payment::amount_due;
use eimza_turkish::{contains_phrase, normalize_label};

/// How much longer than a label a plain text may be to count as that label: a sentence that merely
/// mentions a screen is not that screen. In bytes of the folded text.
const SLACK: usize = 40;

/// The known page that a snapshot shows; none where no page or more than one fits: a wrong hint is
/// worse than none.
pub(crate) fn recognise(snapshot: &PageSnapshot) -> Option<&'static Page> {
    let location = Location::parse(&snapshot.url)?;
    host_at(&location)?;
    let here = |page: &&Page| {
        page.hosts.contains(&location.host) && page.paths.iter().any(|path| is_at(path, location.path))
    };
    let mut candidates = pages().iter().filter(here).peekable();
    candidates.peek()?;
    let visible = Visible::of(snapshot);
    let here: Vec<&Page> = candidates.collect();
    let fits = |page: &&&Page| page_fits(page, &visible, snapshot);
    let fitting: Vec<&Page> = here.iter().filter(fits).copied().collect();
    let mut meant =
        fitting.iter().filter(|page| !fitting.iter().any(|other| page.unless.contains(&other.screen_id())));
    let page = meant.next()?;
    meant.next().is_none().then_some(*page)
}

fn page_fits(page: &Page, visible: &Visible, snapshot: &PageSnapshot) -> bool {
    page.shows.iter().all(|group| group.iter().any(|text| visible.shows(text)))
        && (page.says.is_empty() || page.says.iter().any(|text| visible.says(text)))
        && !page.lacks.iter().any(|text| visible.shows(text))
        && page.owes.is_none_or(|owes| amount_due(&snapshot.texts).is_some() == owes)
}

fn is_at(path: &str, location: &str) -> bool {
    match path.strip_suffix('*') {
        Some(folder) => location.len() > folder.len() && location.starts_with(folder),
        None => path == location,
    }
}

/// Everything that can be read on the page, folded.
struct Visible {
    /// Title, headings, names of fields and buttons: what a screen is known by.
    names: Vec<String>,
    /// The rest.
    texts: Vec<String>,
}

impl Visible {
    fn of(snapshot: &PageSnapshot) -> Self {
        let names = std::iter::once(&snapshot.title)
            .chain(&snapshot.headings)
            .chain(snapshot.fields.iter().flat_map(|field| [&field.label, &field.placeholder]))
            .chain(snapshot.buttons.iter().map(|button| &button.text));
        let folded = |text: &String| normalize_label(text);
        Self { names: names.map(folded).collect(), texts: snapshot.texts.iter().map(folded).collect() }
    }

    /// Whether a text stands by itself.
    fn says(&self, text: &str) -> bool {
        let sentence = normalize_label(text);
        self.names.iter().chain(&self.texts).any(|text| *text == sentence)
    }

    fn shows(&self, text: &str) -> bool {
        let phrase = normalize_label(text);
        let is_label = |text: &&String| text.len() <= phrase.len() + SLACK;
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
    fn a_sentence_that_mentions_a_screen_is_not_that_screen() {
        let page = "https://nesbireysel.kamusm.gov.tr/nb.go";
        assert_eq!(found(page, &["SMS Onay Ekranı", "Onay"]), Some("nesbireysel.sms"));
        let sentence =
            "Sistem bakımdadır. SMS Onay Ekranı açıldığında “Onay” düğmesine bastıktan sonra bekleyiniz.";
        assert_eq!(found(page, &[sentence]), None);
    }

    #[test]
    fn a_path_with_a_star_stands_for_what_is_below_it() {
        assert!(is_at("/bs/*", "/bs/form.go"));
        assert!(!is_at("/bs/*", "/bs") && !is_at("/bs/*", "/bs/") && !is_at("/bs/*", "/bsx/form.go"));
    }

    #[test]
    fn plain_http_is_taken_for_information_only() {
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
