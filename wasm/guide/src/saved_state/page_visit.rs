//! Recording the screens that the user visits.

use super::state::SavedState;
use crate::procedure::{Procedure, Step};
use crate::screen_id::ScreenId;
use eimza_payment::{Day, PriceList};
use serde::{Deserialize, Serialize};

/// A visit to a known screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageVisit {
    /// The screen.
    #[serde(rename = "place")]
    pub screen: ScreenId,
    /// The page's URL without query, fragment and session id.
    pub address: String,
    /// The prices that the page lists.
    #[serde(default)]
    pub prices: PriceList,
}

impl SavedState {
    /// Records a visit: ticks the steps that must be done before the screen appears, and stores the prices on it. Returns
    /// whether that changed anything.
    pub fn record_visit(&mut self, visit: &PageVisit, today: Day) -> bool {
        let before = self.clone();
        if let Some((procedure, reached)) = self.newly_reached(&visit.screen) {
            self.progress_mut(&procedure.id).by_screen.extend(reached.iter().map(|step| step.id.clone()));
        }
        self.prices.record(&visit.prices, &visit.address, today);
        *self != before
    }

    /// Whether [`Self::record_visit`] would change anything.
    #[must_use]
    pub fn would_record(&self, visit: &PageVisit, today: Day) -> bool {
        self.clone().record_visit(visit, today)
    }

    /// The steps that this screen proves to be done and that are not recorded yet, with their procedure.
    fn newly_reached(&self, screen: &ScreenId) -> Option<(&'static Procedure, Vec<&'static Step>)> {
        let procedure = self.active_procedure(Some(screen))?;
        let known = self.procedures.get(&procedure.id).map(|progress| &progress.by_screen);
        // Steps of all editions: a step keeps its id whichever edition the user follows.
        let steps = procedure.editions.iter().flat_map(|edition| &edition.steps);
        let is_new = |step: &&Step| {
            step.reached.contains(screen) && known.is_none_or(|known| !known.contains(&step.id))
        };
        let reached: Vec<_> = steps.filter(is_new).collect();
        (!reached.is_empty()).then_some((procedure, reached))
    }
}
