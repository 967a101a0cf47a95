//! The examples and counter-examples of every page, and those that all pages have in common.

#![expect(clippy::disallowed_methods, reason = "a test reads files")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use eimza_guide::{Environment, PageSnapshot, SavedState, ScreenId, advise, host_of, screen_ids};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::fs;
use std::path::Path;

/// The part of a page's file that does not ship.
#[derive(Deserialize)]
struct Examples {
    id: String,
    screen: Option<String>,
    /// Present where the page may be on any path.
    elsewhere: Option<IgnoredAny>,
    /// Snapshots of this screen.
    examples: Vec<PageSnapshot>,
    /// Snapshots of other screens.
    counter_examples: Vec<PageSnapshot>,
}

impl Examples {
    fn screen_id(&self) -> ScreenId {
        ScreenId { page: self.id.clone(), screen: self.screen.clone() }
    }
}

fn all() -> Vec<Examples> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all: Vec<Examples> =
        files.map(|file| serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()).collect();
    assert_eq!(all.len(), screen_ids().count());
    all
}

fn found(snapshot: &PageSnapshot) -> Option<ScreenId> {
    let advice = advise(snapshot, &SavedState::default(), Environment::default());
    advice.page.map(|page| ScreenId { page, screen: advice.screen })
}

/// Returns the same page at another URL.
fn moved(snapshot: &PageSnapshot, from: &str, to: &str) -> PageSnapshot {
    PageSnapshot { url: snapshot.url.replacen(from, to, 1), ..snapshot.clone() }
}

#[test]
fn every_screen_is_recognised_in_its_examples() {
    for page in all() {
        assert!(!page.examples.is_empty(), "{}", page.screen_id());
        for example in &page.examples {
            assert_eq!(found(example), Some(page.screen_id()), "{example:?}");
            assert!(
                !advise(example, &SavedState::default(), Environment::default()).hints.is_empty(),
                "{}",
                page.screen_id()
            );
        }
    }
}

#[test]
fn no_screen_is_recognised_in_its_counter_examples() {
    for page in all() {
        assert!(!page.counter_examples.is_empty(), "{}", page.screen_id());
        for miss in &page.counter_examples {
            assert_ne!(found(miss), Some(page.screen_id()), "{miss:?}");
        }
    }
}

#[test]
fn pages_on_other_hosts_are_not_recognised() {
    for example in all().iter().flat_map(|page| &page.examples) {
        let host = example.url.split('/').nth(2).unwrap();
        for other in ["example.org", "nesbireysel.kamusal.gov.tr", "www.kamusm.gov.tr.example.org"] {
            assert_eq!(found(&moved(example, host, other)), None, "{} on {other}", example.url);
        }
    }
}

#[test]
fn other_pages_of_a_known_host_are_not_recognised() {
    for example in all().iter().filter(|page| page.elsewhere.is_none()).flat_map(|page| &page.examples) {
        let host = example.url.split('/').nth(2).unwrap();
        let other = PageSnapshot { url: format!("https://{host}/baska-sayfa"), ..example.clone() };
        assert_eq!(found(&other), None, "{}", example.url);
    }
}

#[test]
fn only_information_is_recognised_over_plain_http() {
    for example in all().iter().flat_map(|page| &page.examples) {
        let plain = moved(example, "https://", "http://");
        let informs = host_of(&plain.url).is_some();
        assert_eq!(found(&plain).is_some(), informs, "{}", plain.url);
        assert!(!informs || plain.url.contains("kamusm.gov.tr/"), "{}", plain.url);
    }
}

#[test]
fn empty_pages_are_not_recognised() {
    for example in all().iter().flat_map(|page| &page.examples) {
        let empty = PageSnapshot { url: example.url.clone(), ..PageSnapshot::default() };
        assert_eq!(found(&empty), None, "{}", example.url);
    }
}
