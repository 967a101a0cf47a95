//! The card of the tests of this section.

use eimza_protocol::{CardStatus, Certificate, Changeable, CodeState, CodesFrom};

/// Returns a card whose codes can be changed, in the given states.
pub(super) fn test_card(pin: CodeState, puk: CodeState, certificates: Vec<Certificate>) -> CardStatus {
    CardStatus {
        family: "AKİS 2.x".to_owned(),
        pin,
        puk,
        codes_from: CodesFrom::Card,
        route: None,
        changeable: Changeable { pin: true, puk: true },
        certificates,
    }
}
