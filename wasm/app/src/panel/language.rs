//! The button that switches the language.

use super::dom_builder::DomBuilder;
use super::effects::Effect;
use super::section::{Embed, Section, Slot};
use super::shared::Shared;
use eimza_protocol::Lang;
use web_sys::Element;

/// The button that switches the language.
#[derive(Default)]
pub(crate) struct LanguageSection;

/// The button was pressed.
#[derive(Debug, Clone)]
pub(crate) struct SwitchLanguage;

impl Section for LanguageSection {
    type Message = SwitchLanguage;

    fn update(&mut self, SwitchLanguage: SwitchLanguage, shared: &Shared) -> Vec<Effect<SwitchLanguage>> {
        vec![Effect::SetLanguage(if shared.lang == Lang::Tr { Lang::En } else { Lang::Tr })]
    }

    fn view(
        &self,
        slot: Slot<'_>,
        dom: &mut DomBuilder<SwitchLanguage>,
        _: &Shared,
        _: &mut Embed<'_>,
    ) -> Vec<Element> {
        match slot {
            Slot::Header => vec![dom.button("language", SwitchLanguage, "panel_language", false)],
            _ => Vec::new(),
        }
    }
}
