//! Any page snapshot: no panic, and every fix lies within the text that it refers to.
#![no_main]

use eimza_guide::{Environment, PageSnapshot, SavedState, advise};
use eimza_payment::Day;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(snapshot) = serde_json::from_str::<PageSnapshot>(text) else { return };
    let environment = Environment { os: None, today: Day::new(2026, 11, 26) };
    let saved_state = SavedState { current: Some("renewal".to_owned()), ..SavedState::default() };
    for hint in advise(&snapshot, &saved_state, environment).hints {
        // Several fields may have the same reference.
        let mut fields =
            snapshot.fields.iter().filter(|field| Some(&field.reference) == hint.anchor.as_ref());
        let end = hint.fixes.iter().map(|fix| fix.end).max();
        assert!(end.is_none_or(|end| fields.any(|field| end <= field.value.chars().count())));
        assert!(hint.fixes.iter().all(|fix| fix.start <= fix.end));
    }
});
