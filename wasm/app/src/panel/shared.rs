//! State that all sections read.

use super::element_builder::ElementBuilder;
use super::navigation::View;
use eimza_guide::{Change, Checklist, Os, SavedState, ScreenId};
use eimza_i18n::{Catalog, System};
use eimza_messages::RequestedView;
use eimza_payment::Day;
use eimza_protocol::Lang;

/// What the browser stores about the user, and their operating system.
pub(crate) struct UserData {
    pub lang: Lang,
    pub saved_state: SavedState,
    pub os: Option<Os>,
    /// The address of the product's own page.
    pub homepage: Option<&'static str>,
}

/// The extension page that is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ExtensionPage {
    /// The side panel.
    #[default]
    SidePanel,
    /// The page that opens after installation.
    Welcome,
}

/// State that all sections read. Sections change it through effects.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub page: ExtensionPage,
    pub lang: Lang,
    pub saved_state: SavedState,
    pub os: Option<Os>,
    /// The address of the product's own page; none until a release sets it.
    pub homepage: Option<&'static str>,
    /// The screen in the active tab; `None` if it shows no known page.
    pub screen: Option<ScreenId>,
    /// Whether the page in the active tab was open before the extension was installed or updated.
    pub needs_reload: bool,
    pub view: View,
    /// The current time in seconds since 1970 (UTC).
    pub now: u64,
}

impl Shared {
    /// Returns the message catalog of the user's language.
    pub(crate) fn catalog(&self) -> &'static Catalog {
        Catalog::of(self.lang)
    }

    /// Returns the builder of elements for this user.
    pub(crate) fn elements(&self) -> ElementBuilder {
        let system = match self.os {
            Some(Os::Windows) => Some(System::Windows),
            Some(Os::Linux) => Some(System::Linux),
            Some(Os::Macos | Os::Other) | None => None,
        };
        ElementBuilder { catalog: self.catalog(), system, homepage: self.homepage }
    }

    /// Returns the current day in Turkey.
    pub(crate) fn today(&self) -> Option<Day> {
        Day::in_turkey(self.now)
    }

    /// Returns the checklist of the procedure on show.
    pub(crate) fn checklist(&self) -> Option<Checklist> {
        match &self.view {
            View::Start => None,
            View::Procedure(id) => Checklist::of(id, &self.saved_state, self.os),
        }
    }

    /// Shows a view. Opening a procedure makes it the user's current one, so that hints on pages refer to its
    /// steps; returns that change unless it is the current one already.
    pub(crate) fn navigate(&mut self, view: View) -> Option<Change> {
        self.view = view;
        match &self.view {
            View::Procedure(id) if self.saved_state.current.as_ref() != Some(id) => {
                Some(Change::Current { procedure: Some(id.clone()) })
            }
            View::Procedure(_) | View::Start => None,
        }
    }

    /// Returns the view for a request from a page: the guide is the procedure of the screen in the active
    /// tab, if exactly one applies.
    pub(crate) fn requested_view(&self, requested: RequestedView) -> View {
        let procedure = self.screen.as_ref().and_then(|screen| self.saved_state.procedure_for_screen(screen));
        match (requested, procedure) {
            (RequestedView::Guide, Some(procedure)) => View::Procedure(procedure.id.clone()),
            (RequestedView::Guide, None) | (RequestedView::Card, _) => View::Start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_a_procedure_makes_it_current_once() {
        let mut shared = Shared::default();
        let lost = Some("lost".to_owned());
        let change = shared.navigate(View::Procedure("lost".to_owned()));
        assert_eq!(change, Some(Change::Current { procedure: lost.clone() }));
        shared.saved_state.apply(&change.unwrap());
        assert_eq!(shared.view, View::Procedure("lost".to_owned()));
        assert_eq!(shared.navigate(View::Start), None);
        assert_eq!(shared.saved_state.current, lost);
        assert_eq!(shared.navigate(View::Procedure("lost".to_owned())), None);
    }

    #[test]
    fn a_request_from_a_page_opens_the_procedure_of_its_screen() {
        let shared_on =
            |screen: &str| Shared { screen: Some(ScreenId::from(screen.to_owned())), ..Shared::default() };
        let shared = shared_on("kartokuyucu.form");
        assert_eq!(shared.requested_view(RequestedView::Guide), View::Procedure("card-reader".to_owned()));
        assert_eq!(shared.requested_view(RequestedView::Card), View::Start);
        let shared = shared_on("portal.form");
        assert_eq!(
            shared.requested_view(RequestedView::Guide),
            View::Start,
            "two procedures have this screen"
        );
    }
}
