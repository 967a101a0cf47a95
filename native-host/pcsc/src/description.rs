//! Describes an opened card.

use eimza_card::{Card, CodeKind};
use eimza_display_text::DisplayText;
use eimza_session::{CardDescription, CodeRules, Consent, Route};

/// Returns the description of a card in the reader with this name.
pub(crate) fn describe(reader: DisplayText, card: &Card) -> CardDescription {
    let family = card.family();
    let rules =
        |code| CodeRules { format: card.code_format(code).clone(), is_changeable: card.is_changeable(code) };
    let is_certain = family.unblock_command_is_certain;
    CardDescription {
        reader,
        family: DisplayText::new(&family.name),
        may_be_identity_card: family.shares_with_identity_card && card.certificates().is_empty(),
        unblock_command_is_certain: is_certain,
        certificates: card.certificates().to_vec(),
        cardholder: card.cardholder().clone(),
        codes_are_from_card: card.codes_are_from_card(),
        pin: rules(CodeKind::Pin),
        puk: rules(CodeKind::Puk),
        route: Route::Commands,
        consents: if is_certain { Vec::new() } else { vec![Consent::NoModule] },
    }
}
