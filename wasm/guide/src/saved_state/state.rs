//! The saved state, and the values derived from it.

use super::lenient::default_if_unknown;
use super::progress::ProcedureProgress;
use crate::institution::{
    ActiveInstitution, ImportedProfile, Institution, Origin, Party, ProfileError, institutions,
};
use crate::procedure::{Procedure, procedure, procedures};
use crate::screen_id::ScreenId;
use crate::user_context::{Os, Role, UserContext};
use eimza_payment::{CostBreakdown, Day, KnownPrices, Price, Product};
use eimza_reminder::Reminder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is stored. It contains no name, and nothing that the user typed.
///
/// Unknown keys are ignored, so that an older version can read what a newer one wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedState {
    /// The user's role.
    #[serde(deserialize_with = "default_if_unknown")]
    pub role: Option<Role>,
    /// The id of the procedure that the user chose.
    pub current: Option<String>,
    /// The institution's profile: the id of a built-in one, or [`IMPORTED_PREFIX`] and the id of an imported
    /// one.
    pub institution: Option<String>,
    /// The profiles that the user imported.
    pub imported: Vec<ImportedProfile>,
    /// Prices that were read from Kamu SM's price list.
    #[serde(deserialize_with = "default_if_unknown")]
    pub prices: KnownPrices,
    /// The progress of each procedure, by id.
    pub procedures: BTreeMap<String, ProcedureProgress>,
    /// The end of the user's certificate, where the user wants to be reminded of it.
    #[serde(deserialize_with = "default_if_unknown", skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Reminder>,
    /// The profile that the browser policy sets, or why it is invalid. Never stored.
    #[serde(skip)]
    pub policy: Option<Result<Institution, ProfileError>>,
}

/// The prefix of an imported profile's id, so that it cannot be the id of a built-in one.
pub const IMPORTED_PREFIX: &str = "file:";

impl SavedState {
    /// Returns the progress of a procedure.
    #[must_use]
    pub fn progress(&self, procedure: &str) -> ProcedureProgress {
        self.procedures.get(procedure).cloned().unwrap_or_default()
    }

    pub(super) fn progress_mut(&mut self, procedure: &str) -> &mut ProcedureProgress {
        self.procedures.entry(procedure.to_owned()).or_default()
    }

    /// Returns the profile that applies: the policy's, else the one that the user selected.
    #[must_use]
    pub fn institution(&self) -> Option<ActiveInstitution<'_>> {
        if let Some(Ok(institution)) = &self.policy {
            return Some(ActiveInstitution { institution, origin: Origin::Policy });
        }
        if let Some(id) = self.selected_import() {
            let institution = self.imported_institutions().find(|known| known.id == id)?;
            return Some(ActiveInstitution { institution, origin: Origin::File });
        }
        let id = self.institution.as_ref()?;
        let institution = institutions().iter().find(|known| known.id == *id)?;
        Some(ActiveInstitution { institution, origin: Origin::BuiltIn })
    }

    /// Returns the valid profiles that the user imported.
    pub fn imported_institutions(&self) -> impl Iterator<Item = &Institution> {
        self.imported.iter().filter_map(|profile| profile.institution.as_ref().ok())
    }

    /// Returns the selected imported profile, where this version rejects it, with the error.
    #[must_use]
    pub fn rejected_import(&self) -> Option<(&ImportedProfile, &ProfileError)> {
        let id = self.selected_import()?;
        let profile = self.imported.iter().find(|profile| profile.id == id)?;
        Some((profile, profile.institution.as_ref().err()?))
    }

    /// Returns the id of the selected profile where it is an imported one.
    pub(super) fn selected_import(&self) -> Option<&str> {
        self.institution.as_deref()?.strip_prefix(IMPORTED_PREFIX)
    }

    /// Returns the user context for the hints on a screen.
    #[must_use]
    pub fn user_context(&self, screen: Option<&ScreenId>, os: Option<Os>) -> UserContext {
        self.user_context_in(self.active_procedure(screen), os)
    }

    /// Returns the user context for the steps of a procedure.
    pub(crate) fn user_context_in(
        &self,
        procedure: Option<&'static Procedure>,
        os: Option<Os>,
    ) -> UserContext {
        let done = procedure.map(|procedure| {
            let progress = self.progress(&procedure.id);
            let steps = procedure.editions.iter().flat_map(|edition| &edition.steps);
            steps.map(|step| step.id.clone()).filter(|step| progress.is_done(step)).collect()
        });
        UserContext {
            role: self.role,
            procedure: procedure.map(|procedure| procedure.id.clone()),
            os,
            pays: procedure.and_then(|procedure| self.pays(procedure)),
            done: done.unwrap_or_default(),
            signing: procedure.and_then(|procedure| self.progress(&procedure.id).signing),
        }
    }

    /// Returns whether the user pays the institution: as its profile says, else by the procedure's default.
    /// None where that is unknown, or nothing is paid to the institution.
    fn pays(&self, procedure: &Procedure) -> Option<bool> {
        if procedure.payers.is_empty() {
            return None;
        }
        let rule = self.institution().and_then(|active| active.institution.payment(&procedure.id, self.role));
        match rule {
            Some(rule) => Some(rule.payer == Party::Person),
            None => self.role.map(|role| procedure.payers.contains(&role)),
        }
    }

    /// Returns what products cost, by Kamu SM's list or by the institution's profile, whichever is newer.
    #[must_use]
    pub fn cost_breakdown(&self, items: &[Product], today: Option<Day>) -> CostBreakdown {
        CostBreakdown(items.iter().map(|&item| (item, self.price(item, today))).collect())
    }

    fn price(&self, product: Product, today: Option<Day>) -> Option<Price> {
        let from_institution = || {
            let notice = self.institution()?.institution.prices.as_ref()?;
            // A price with a date in the future does not apply yet.
            let is_valid = today.is_none_or(|today| notice.day <= today);
            let amount = *notice.items.get(&product).filter(|_| is_valid)?;
            Some(Price { amount, read_on: notice.day, address: None })
        };
        match (self.prices.get(product).cloned(), from_institution()) {
            (Some(listed), Some(announced)) => {
                // A price that came over plain http does not replace a reliable one that is still current.
                let is_preferred =
                    listed.is_unverified() && today.is_some_and(|today| !announced.is_outdated(today));
                Some(if is_preferred || announced.read_on > listed.read_on { announced } else { listed })
            }
            (listed, announced) => listed.or(announced),
        }
    }

    /// Returns the procedure that the user is in: the only procedure that uses the screen, otherwise the one
    /// that the user chose.
    #[must_use]
    pub fn active_procedure(&self, screen: Option<&ScreenId>) -> Option<&'static Procedure> {
        let mut on_screen =
            procedures().iter().filter(|procedure| screen.is_some_and(|screen| procedure.is_on(screen)));
        match (on_screen.next(), on_screen.next()) {
            (Some(only), None) => Some(only),
            _ => procedure(self.current.as_ref()?),
        }
    }

    /// Returns the procedure whose steps are shown on a screen: the active one, unless only other procedures
    /// use the screen.
    #[must_use]
    pub fn procedure_for_screen(&self, screen: &ScreenId) -> Option<&'static Procedure> {
        let is_used = procedures().iter().any(|procedure| procedure.is_on(screen));
        self.active_procedure(Some(screen)).filter(|procedure| procedure.is_on(screen) || !is_used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, PageVisit};
    use eimza_payment::PriceList;

    fn screen(text: &str) -> ScreenId {
        ScreenId::from(text.to_owned())
    }

    fn on(text: &str) -> PageVisit {
        PageVisit { screen: screen(text), address: String::new(), prices: PriceList::new() }
    }

    fn today() -> Day {
        Day::parse("2026-11-26").unwrap()
    }

    fn tick(step: &str, done: bool) -> Change {
        Change::Tick { procedure: "renewal".to_owned(), step: step.to_owned(), done }
    }

    fn in_renewal() -> SavedState {
        SavedState { current: Some("renewal".to_owned()), ..SavedState::default() }
    }

    #[test]
    fn screens_tick_earlier_steps_of_the_active_procedure_only() {
        let mut saved_state = in_renewal();
        assert!(!saved_state.record_visit(&on("portal.login"), today()), "nothing is done yet");
        assert!(saved_state.record_visit(&on("portal.form"), today()));
        assert!(saved_state.progress("renewal").is_done("enter"));
        assert!(!saved_state.progress("first-application").is_done("enter"));
        assert!(!saved_state.record_visit(&on("portal.form"), today()), "known already");
    }

    #[test]
    fn user_ticks_take_precedence_over_screens() {
        let mut saved_state = in_renewal();
        saved_state.apply(&tick("enter", false));
        saved_state.record_visit(&on("portal.form"), today());
        assert!(!saved_state.progress("renewal").is_done("enter"));
        saved_state.apply(&tick("enter", true));
        assert!(saved_state.progress("renewal").is_done("enter"));
    }

    #[test]
    fn start_again_clears_the_ticks_of_one_procedure() {
        let mut saved_state = in_renewal();
        saved_state.apply(&tick("print", true));
        saved_state.record_visit(&on("portal.form"), today());
        saved_state.apply(&Change::Tick {
            procedure: "lost".to_owned(),
            step: "call".to_owned(),
            done: true,
        });
        saved_state.apply(&Change::StartAgain { procedure: "renewal".to_owned() });
        assert_eq!(saved_state.progress("renewal"), ProcedureProgress::default());
        assert!(saved_state.progress("lost").is_done("call"));
    }

    #[test]
    fn screens_of_one_procedure_determine_it() {
        let saved_state = in_renewal();
        let active_on =
            |text| saved_state.active_procedure(Some(&screen(text))).map(|procedure| procedure.id.as_str());
        assert_eq!(active_on("kartokuyucu.form"), Some("card-reader"));
        assert_eq!(active_on("nesbireysel.unlock"), Some("unlock"));
        assert_eq!(active_on("portal.form"), Some("renewal"));
        let empty = SavedState::default();
        assert!(empty.active_procedure(Some(&screen("portal.form"))).is_none());
        assert!(empty.active_procedure(None).is_none());
    }

    #[test]
    fn screens_of_other_procedures_show_no_step() {
        let saved_state = SavedState { current: Some("unlock".to_owned()), ..SavedState::default() };
        let shown_on =
            |text| saved_state.procedure_for_screen(&screen(text)).map(|procedure| procedure.id.as_str());
        assert_eq!(shown_on("sanalpos.query"), None, "lost cards and card readers are paid there");
        assert_eq!(shown_on("onlineislemler.menu"), Some("unlock"));
        assert_eq!(shown_on("info.faq"), Some("unlock"), "a page of no procedure");
    }

    #[test]
    fn stored_state_is_readable_by_older_versions() {
        let mut saved_state = in_renewal();
        saved_state.apply(&Change::Role { role: Role::OtherStaff });
        saved_state.apply(&tick("print", true));
        saved_state.apply(&Change::NotNeeded {
            procedure: "lost".to_owned(),
            step: "call".to_owned(),
            not_needed: true,
        });
        saved_state.apply(&Change::Remind { ends: Day::parse("2027-01-10").unwrap(), today: today() });
        let stored = serde_json::to_value(&saved_state).unwrap();
        assert_eq!(serde_json::from_value::<SavedState>(stored.clone()).unwrap(), saved_state);
        let mut newer = stored;
        newer["added"] = 1.into();
        newer["prices"] = serde_json::json!({"nes-9": 1});
        newer["procedures"]["renewal"]["added"] = 1.into();
        assert_eq!(serde_json::from_value::<SavedState>(newer.clone()).unwrap(), saved_state);
        newer["role"] = "somebody-new".into();
        newer["procedures"]["renewal"]["signing"] = "by-telephone".into();
        newer["reminder"] = serde_json::json!({"version": 2, "ends": "2027-01-10"});
        let read = serde_json::from_value::<SavedState>(newer).unwrap();
        assert_eq!(read, SavedState { role: None, reminder: None, ..saved_state });
        assert_eq!(serde_json::from_str::<SavedState>("{}").unwrap(), SavedState::default());
    }
}
