//! Builds the answer that a content script draws: hints as sentences.

use crate::guide_line::guide_line;
use eimza_guide::{Action, Environment, Hint, PageAdvice, PageSnapshot, SavedState, ScreenId};
use eimza_i18n::Catalog;
use eimza_messages::{Answer, LocalizedHint, OverlayTexts};
use eimza_protocol::Lang;

/// Answers a snapshot in the user's language.
pub(crate) fn answer(
    snapshot: &PageSnapshot,
    saved_state: &SavedState,
    environment: Environment,
    lang: Lang,
) -> Answer {
    let catalog = Catalog::of(lang);
    let PageAdvice { page, screen, hints, visit } = eimza_guide::advise(snapshot, saved_state, environment);
    let screen = page.clone().map(|page| ScreenId { page, screen });
    Answer {
        page,
        texts: overlay_texts(catalog),
        hints: hints.into_iter().map(|hint| localize(hint, catalog)).collect(),
        visit: visit
            .filter(|visit| environment.today.is_some_and(|today| saved_state.would_record(visit, today))),
        guide: screen.as_ref().and_then(|screen| guide_line(screen, saved_state, environment.os, catalog)),
        screen,
    }
}

fn overlay_texts(catalog: &Catalog) -> OverlayTexts {
    let text = |key| catalog.text(key, &[]);
    OverlayTexts {
        product: text("app_name"),
        fold: text("overlay_fold"),
        unfold: text("overlay_unfold"),
        fix_all: text("overlay_fix_all"),
        copy: text("overlay_copy"),
        copied: text("overlay_copied"),
        dismiss: text("overlay_dismiss"),
        findings: text("overlay_findings"),
        tip: text("overlay_tip"),
        reload: text("overlay_reload"),
        keys: text("overlay_keys"),
    }
}

fn localize(hint: Hint, catalog: &Catalog) -> LocalizedHint {
    let Hint { id, anchor, severity, message, args, fixes, action, quiet } = hint;
    let arguments: Vec<_> = args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    LocalizedHint {
        id,
        anchor,
        severity,
        text: catalog.text(&message, &arguments),
        fixes,
        action,
        action_text: action.map(|action| catalog.text(action_key(action), &[])),
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
    fn hints_are_in_the_chosen_language() {
        let snapshot = PageSnapshot {
            url: "https://nesbireysel.kamusm.gov.tr/nb.go".to_owned(),
            headings: vec!["Kilit Çözme Ekranı".to_owned(), "Yeni PIN Kodu".to_owned()],
            ..PageSnapshot::default()
        };
        for (lang, button) in [(Lang::Tr, "Yan paneli aç"), (Lang::En, "Open the side panel")] {
            let answer = answer(&snapshot, &SavedState::default(), Environment::default(), lang);
            assert_eq!(answer.page.as_deref(), Some("nesbireysel.unlock"));
            assert!(answer.hints.iter().any(|hint| hint.action_text.as_deref() == Some(button)));
        }
    }

    #[test]
    fn page_of_a_single_procedure_gets_its_hints_and_its_step() {
        let snapshot = PageSnapshot {
            url: "https://www.kamusm.gov.tr/islemler/surucu_yukleme_servisi/".to_owned(),
            texts: vec!["Kur1: Akıllı Kart Sürücüsü".to_owned()],
            ..PageSnapshot::default()
        };
        let environment = Environment { os: Some(Os::Linux), today: None };
        let answer = answer(&snapshot, &SavedState::default(), environment, Lang::Tr);
        assert!(answer.hints.iter().any(|hint| hint.id == "info.drivers.not.needed"));
        assert!(answer.guide.is_some());
    }

    #[test]
    fn every_overlay_text_is_in_both_catalogs() {
        for lang in [Lang::Tr, Lang::En] {
            let catalog = Catalog::of(lang);
            let OverlayTexts {
                product,
                fold,
                unfold,
                fix_all,
                copy,
                copied,
                dismiss,
                findings,
                tip,
                reload,
                keys,
            } = overlay_texts(catalog);
            for text in [product, fold, unfold, fix_all, copy, copied, dismiss, findings, tip, reload, keys] {
                assert!(!text.is_empty() && !text.contains('_'), "{text}");
            }
        }
    }
}
