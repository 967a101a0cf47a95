//! What a content script gets to draw: hints as sentences.

use crate::guide_line::{GuideLine, guide_line};
use eimza_guide::{
    Action, Environment, Fix, Hint, PageAdvice, PageSnapshot, PageVisit, SavedState, ScreenId, Severity,
};
use eimza_i18n::Catalog;
use eimza_protocol::Lang;
use serde::Serialize;
use std::collections::BTreeMap;

/// The words of the overlay itself, by the name that the content script knows them by.
const OVERLAY: &[(&str, &str)] = &[
    ("product", "app_name"),
    ("fold", "overlay_fold"),
    ("unfold", "overlay_unfold"),
    ("fixAll", "overlay_fix_all"),
    ("copy", "overlay_copy"),
    ("copied", "overlay_copied"),
    ("dismiss", "overlay_dismiss"),
    ("findings", "overlay_findings"),
    ("tip", "overlay_tip"),
];

/// The answer to a snapshot.
#[derive(Serialize)]
pub(crate) struct Answer {
    page: Option<String>,
    /// The page and its screen, as the saved state names it.
    place: Option<ScreenId>,
    /// What the saved state is to take note of; left out where that changes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    visit: Option<PageVisit>,
    words: BTreeMap<&'static str, String>,
    hints: Vec<SpokenHint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guide: Option<GuideLine>,
}

/// A hint as the user reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SpokenHint {
    id: String,
    anchor: Option<String>,
    severity: Severity,
    text: String,
    fixes: Vec<Fix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<Action>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_text: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    quiet: bool,
}

/// Advice for a snapshot in the user's language, for where they stand.
pub(crate) fn answer(
    snapshot: &PageSnapshot,
    saved_state: &SavedState,
    setting: Environment,
    lang: Lang,
) -> Answer {
    let words = Catalog::of(lang);
    let PageAdvice { page, screen, hints, visit } = eimza_guide::advise(snapshot, saved_state, setting);
    let place = page.clone().map(|page| ScreenId { page, screen });
    Answer {
        page,
        words: OVERLAY.iter().map(|&(name, key)| (name, words.text(key, &[]))).collect(),
        hints: hints.into_iter().map(|hint| speak(hint, words)).collect(),
        visit: visit
            .filter(|visit| setting.today.is_some_and(|today| saved_state.would_record(visit, today))),
        guide: place.as_ref().and_then(|place| guide_line(place, saved_state, setting.os, words)),
        place,
    }
}

fn speak(hint: Hint, words: &Catalog) -> SpokenHint {
    let Hint { id, anchor, severity, message, args, fixes, action, quiet } = hint;
    let arguments: Vec<_> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    SpokenHint {
        id,
        anchor,
        severity,
        text: words.text(&message, &arguments),
        fixes,
        action,
        action_text: action.map(|action| words.text(action_key(action), &[])),
        quiet,
    }
}

fn action_key(action: Action) -> &'static str {
    match action {
        Action::OpenPanel => "action_open_panel",
        Action::OpenGuide => "action_open_guide",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::Os;

    #[test]
    fn hints_speak_the_chosen_language() {
        let snapshot = PageSnapshot {
            url: "https://nesbireysel.kamusm.gov.tr/nb.go".to_owned(),
            headings: vec!["Kilit Çözme Ekranı".to_owned(), "Yeni PIN Kodu".to_owned()],
            ..PageSnapshot::default()
        };
        for (lang, button) in [(Lang::Tr, "Kart panelini aç"), (Lang::En, "Open the card panel")] {
            let said = answer(&snapshot, &SavedState::default(), Environment::default(), lang);
            assert_eq!(said.page.as_deref(), Some("nesbireysel.unlock"));
            assert!(said.hints.iter().any(|hint| hint.action_text.as_deref() == Some(button)));
        }
    }

    #[test]
    fn a_page_of_one_procedure_gets_that_procedures_hints_and_step() {
        let snapshot = PageSnapshot {
            url: "https://www.kamusm.gov.tr/islemler/surucu_yukleme_servisi/".to_owned(),
            texts: vec!["Kur1: Akıllı Kart Sürücüsü".to_owned()],
            ..PageSnapshot::default()
        };
        let said = answer(
            &snapshot,
            &SavedState::default(),
            Environment { os: Some(Os::Linux), today: None },
            Lang::Tr,
        );
        assert!(said.hints.iter().any(|hint| hint.id == "info.drivers.not.needed"));
        assert!(said.guide.is_some());
    }

    #[test]
    fn every_word_of_the_overlay_exists() {
        for lang in [Lang::Tr, Lang::En] {
            assert!(OVERLAY.iter().all(|(_, key)| Catalog::of(lang).has(key)));
        }
    }
}
