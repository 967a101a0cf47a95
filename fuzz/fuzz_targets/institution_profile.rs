//! Any institution profile: no panic; an accepted profile survives writing and reading; a rejected one has a
//! fault in a line of the file.
#![no_main]

use eimza_guide::{Change, Institution, SavedState, host_of};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Institution::read(text) {
        Ok(institution) => {
            let written = serde_json::to_string(&institution).expect("serializes");
            assert_eq!(Institution::read(&written).expect("parses again"), institution);
            assert!(institution.links.iter().all(|link| host_of(&link.address).is_some()));
        }
        Err(fault) => {
            assert!((1..=text.lines().count().max(1) + 1).contains(&fault.line), "{fault:?}");
            let mut saved_state = SavedState::default();
            saved_state.apply(&Change::Import { profile: text.to_owned() });
            assert_eq!(saved_state, SavedState::default());
        }
    }
});
