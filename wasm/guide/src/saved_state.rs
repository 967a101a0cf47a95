//! How far the user is: what is remembered from visit to visit.

use crate::institution::{Chosen, Imported, Institution, Origin, ProfileFault, Who, institutions};
use crate::page::ScreenId;
use crate::procedure::{Procedure, Step, procedure, procedures};
use crate::user_context::{Os, Role, UserContext};
use eimza_payment::{Bill, Day, Price, PriceList, Prices, Product};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is remembered. Nothing in it names the user, nor holds anything that they typed.
///
/// What a later version may have added is left out in silence: an older one still reads the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedState {
    /// Who the user is.
    #[serde(deserialize_with = "if_understood")]
    pub role: Option<Role>,
    /// The id of the procedure that they are in.
    pub current: Option<String>,
    /// The profile of their institution: the id of one that comes with the product, or [`FILE`] and the id of one
    /// that they imported.
    pub institution: Option<String>,
    /// The files that they imported.
    pub imported: Vec<Imported>,
    /// Prices that they saw on Kamu SM's list.
    #[serde(deserialize_with = "if_understood")]
    pub prices: Prices,
    /// By procedure.
    pub procedures: BTreeMap<String, Progress>,
    /// The profile that the browser's policy lays down, or what is wrong with it. Never written down.
    #[serde(skip)]
    pub policy: Option<Result<Institution, ProfileFault>>,
}

/// What the id of an imported profile begins with, so that it never is that of another.
pub const FILE: &str = "file:";

/// More files than anybody has institutions.
const MAX_FILES: usize = 8;

/// What another version wrote is left out rather than the whole saved state lost.
fn if_understood<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// How far one procedure is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The edition that the user chose; none for the one that holds.
    pub edition: Option<String>,
    /// Steps that the user ticked, or unticked: their word counts more than a screen's.
    pub hand: BTreeMap<String, bool>,
    /// Steps that a screen showed to be done.
    pub seen: BTreeSet<String>,
}

impl Progress {
    /// Whether a step is done.
    #[must_use]
    pub fn is_done(&self, step: &str) -> bool {
        self.hand.get(step).copied().unwrap_or_else(|| self.seen.contains(step))
    }
}

/// A screen that the user is on, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PageVisit {
    /// The screen.
    pub place: ScreenId,
    /// Its address, without what changes from visit to visit.
    pub address: String,
    /// The prices that it lists.
    #[serde(default)]
    #[cfg_attr(feature = "ts", ts(type = "unknown"))]
    pub prices: PriceList,
}

/// What the user changes in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Change {
    /// Who they are.
    Role {
        /// The new value.
        role: Role,
    },
    /// Which procedure they are in.
    Current {
        /// Its id; none to be in none.
        procedure: Option<String>,
    },
    /// Their institution.
    Institution {
        /// The profile's id; none for none.
        institution: Option<String>,
    },
    /// A file is imported, and is their institution from now on. One of the same id takes the other's place.
    Import {
        /// All of it.
        profile: String,
    },
    /// An imported file is forgotten.
    Forget {
        /// Its id, without [`FILE`].
        id: String,
    },
    /// Which edition they follow.
    Edition {
        /// The procedure's id.
        procedure: String,
        /// The edition's id.
        edition: String,
    },
    /// A step is done, or not.
    Tick {
        /// The procedure's id.
        procedure: String,
        /// The step's id.
        step: String,
        /// Whether it is done.
        done: bool,
    },
    /// All ticks of a procedure are taken away; its edition stays.
    StartAgain {
        /// The procedure's id.
        procedure: String,
    },
}

impl SavedState {
    /// How far a procedure is.
    #[must_use]
    pub fn progress(&self, procedure: &str) -> Progress {
        self.procedures.get(procedure).cloned().unwrap_or_default()
    }

    /// The profile that holds: the policy's, else the one that the user chose.
    #[must_use]
    pub fn institution(&self) -> Option<Chosen<'_>> {
        if let Some(Ok(institution)) = &self.policy {
            return Some(Chosen { institution, origin: Origin::Policy });
        }
        let id = self.institution.as_ref()?;
        match id.strip_prefix(FILE) {
            Some(id) => {
                let institution = self.files().find(|known| known.id == id)?;
                Some(Chosen { institution, origin: Origin::File })
            }
            None => {
                let institution = institutions().iter().find(|known| known.id == *id)?;
                Some(Chosen { institution, origin: Origin::BuiltIn })
            }
        }
    }

    /// The profiles that the user imported.
    pub fn files(&self) -> impl Iterator<Item = &Institution> {
        self.imported.iter().filter_map(|imported| imported.institution.as_ref().ok())
    }

    /// The imported file that the user chose and this version does not take, with the reason.
    #[must_use]
    pub fn unread_file(&self) -> Option<(&Imported, &ProfileFault)> {
        let id = self.institution.as_ref()?.strip_prefix(FILE)?;
        let file = self.imported.iter().find(|file| file.id == id)?;
        Some((file, file.institution.as_ref().err()?))
    }

    /// What hints may depend on, on this screen.
    #[must_use]
    pub fn user_context(&self, here: Option<&ScreenId>, os: Option<Os>) -> UserContext {
        self.situation_in(self.procedure_on(here), os)
    }

    /// What may depend on the procedure that the user is in.
    pub(crate) fn situation_in(&self, procedure: Option<&'static Procedure>, os: Option<Os>) -> UserContext {
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
        }
    }

    /// Whether the user pays their institution: as it says, else as it is usual; none where that is not known, or
    /// nothing is paid there.
    fn pays(&self, procedure: &Procedure) -> Option<bool> {
        if procedure.payers.is_empty() {
            return None;
        }
        let rule = self.institution().and_then(|chosen| chosen.institution.payment(&procedure.id, self.role));
        match rule {
            Some(rule) => Some(rule.payer == Who::Person),
            None => self.role.map(|role| procedure.payers.contains(&role)),
        }
    }

    /// What some things cost: as Kamu SM's list says, or as the institution tells, whichever is newer.
    #[must_use]
    pub fn bill(&self, items: &[Product], today: Option<Day>) -> Bill {
        Bill(items.iter().map(|&item| (item, self.price(item, today))).collect())
    }

    fn price(&self, product: Product, today: Option<Day>) -> Option<Price> {
        let told = || {
            let notice = self.institution()?.institution.prices.as_ref()?;
            // Nobody can tell today what will be so on a day to come.
            let is_told = today.is_none_or(|today| notice.day <= today);
            let amount = *notice.items.get(&product).filter(|_| is_told)?;
            Some(Price { amount, read: notice.day, address: None })
        };
        let seen = self.prices.get(product).cloned();
        match (seen, told()) {
            (Some(seen), Some(told)) => {
                // What could have been changed on its way takes no place of what could not, while that is not old.
                let holds = seen.is_unverified() && today.is_some_and(|today| !told.is_old(today));
                Some(if holds || told.read > seen.read { told } else { seen })
            }
            (seen, told) => seen.or(told),
        }
    }

    /// The procedure that the user is in: on a screen of one procedure alone it is that one, whatever
    /// they were in before; on any other it is what they said.
    #[must_use]
    pub fn procedure_on(&self, here: Option<&ScreenId>) -> Option<&'static Procedure> {
        let mut on_screen =
            procedures().iter().filter(|procedure| here.is_some_and(|place| procedure.is_on(place)));
        match (on_screen.next(), on_screen.next()) {
            (Some(only), None) => Some(only),
            _ => procedure(self.current.as_ref()?),
        }
    }

    /// The procedure whose steps belong on this screen: the one that the user is in, unless only others
    /// come by here.
    #[must_use]
    pub fn procedure_at(&self, here: &ScreenId) -> Option<&'static Procedure> {
        let others_come_by = procedures().iter().any(|procedure| procedure.is_on(here));
        self.procedure_on(Some(here)).filter(|procedure| procedure.is_on(here) || !others_come_by)
    }

    /// Writes a change down.
    pub fn take(&mut self, change: &Change) {
        match change {
            Change::Role { role } => self.role = Some(*role),
            Change::Current { procedure } => self.current.clone_from(procedure),
            Change::Institution { institution } => self.institution.clone_from(institution),
            Change::Import { profile } => self.import(profile),
            Change::Forget { id } => {
                self.imported.retain(|file| file.id != *id);
                if self.institution.as_deref().and_then(|chosen| chosen.strip_prefix(FILE)) == Some(id) {
                    self.institution = None;
                }
            }
            Change::Edition { procedure, edition } => {
                self.progress_mut(procedure).edition = Some(edition.clone());
            }
            Change::Tick { procedure, step, done } => {
                self.progress_mut(procedure).hand.insert(step.clone(), *done);
            }
            Change::StartAgain { procedure } => {
                let progress = self.progress_mut(procedure);
                progress.hand.clear();
                progress.seen.clear();
            }
        }
    }

    /// A file that is no profile changes nothing.
    fn import(&mut self, profile: &str) {
        let file = Imported::from(profile.to_owned());
        if file.institution.is_err() {
            return;
        }
        let id = file.id.clone();
        self.imported.retain(|known| known.id != id);
        if self.imported.len() >= MAX_FILES {
            self.imported.remove(0);
        }
        self.institution = Some(format!("{FILE}{id}"));
        self.imported.push(file);
    }

    /// Takes note of a screen that the user is on: it ticks the steps that must be done by now, and remembers
    /// the prices that are on it. Says whether that changed anything.
    pub fn visit(&mut self, visit: &PageVisit, today: Day) -> bool {
        let before = self.clone();
        if let Some((procedure, reached)) = self.newly_reached(&visit.place) {
            self.progress_mut(&procedure.id).seen.extend(reached.iter().map(|step| step.id.clone()));
        }
        self.prices.take(&visit.prices, &visit.address, today);
        *self != before
    }

    /// Whether a visit would change anything.
    #[must_use]
    pub fn would_change(&self, visit: &PageVisit, today: Day) -> bool {
        self.clone().visit(visit, today)
    }

    /// The steps that this screen shows to be done for the first time, and whose they are.
    fn newly_reached(&self, here: &ScreenId) -> Option<(&'static Procedure, Vec<&'static Step>)> {
        let procedure = self.procedure_on(Some(here))?;
        let seen = self.procedures.get(&procedure.id).map(|progress| &progress.seen);
        // By the steps of all editions: a step is known by its id, whichever edition is followed.
        let steps = procedure.editions.iter().flat_map(|edition| &edition.steps);
        let is_new =
            |step: &&Step| step.reached.contains(here) && seen.is_none_or(|seen| !seen.contains(&step.id));
        let reached: Vec<_> = steps.filter(is_new).collect();
        (!reached.is_empty()).then_some((procedure, reached))
    }

    fn progress_mut(&mut self, procedure: &str) -> &mut Progress {
        self.procedures.entry(procedure.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> ScreenId {
        ScreenId::from(text.to_owned())
    }

    fn on(text: &str) -> PageVisit {
        PageVisit { place: place(text), address: String::new(), prices: PriceList::new() }
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
    fn the_next_screen_ticks_the_step_before_in_the_users_procedure_only() {
        let mut saved_state = in_renewal();
        assert!(!saved_state.visit(&on("portal.login"), today()), "nothing is done yet");
        assert!(saved_state.visit(&on("portal.form"), today()));
        assert!(saved_state.progress("renewal").is_done("enter"));
        assert!(!saved_state.progress("first-application").is_done("enter"));
        assert!(!saved_state.visit(&on("portal.form"), today()), "known already");
    }

    #[test]
    fn the_users_word_counts_more_than_a_screens() {
        let mut saved_state = in_renewal();
        saved_state.take(&tick("enter", false));
        saved_state.visit(&on("portal.form"), today());
        assert!(!saved_state.progress("renewal").is_done("enter"));
        saved_state.take(&tick("enter", true));
        assert!(saved_state.progress("renewal").is_done("enter"));
    }

    #[test]
    fn start_again_takes_all_ticks_of_one_procedure_away() {
        let mut saved_state = in_renewal();
        saved_state.take(&tick("print", true));
        saved_state.visit(&on("portal.form"), today());
        saved_state.take(&Change::Tick { procedure: "lost".to_owned(), step: "call".to_owned(), done: true });
        saved_state.take(&Change::StartAgain { procedure: "renewal".to_owned() });
        assert_eq!(saved_state.progress("renewal"), Progress::default());
        assert!(saved_state.progress("lost").is_done("call"));
    }

    #[test]
    fn a_screen_of_one_procedure_says_which_it_is() {
        let saved_state = in_renewal();
        let on = |text| saved_state.procedure_on(Some(&place(text))).map(|procedure| procedure.id.as_str());
        assert_eq!(on("kartokuyucu.form"), Some("card-reader"));
        assert_eq!(on("nesbireysel.unlock"), Some("unlock"));
        assert_eq!(on("portal.form"), Some("renewal"));
        let nobody = SavedState::default();
        assert!(nobody.procedure_on(Some(&place("portal.form"))).is_none());
        assert!(nobody.procedure_on(None).is_none());
    }

    #[test]
    fn on_a_screen_of_others_the_users_own_procedure_is_not_spoken_of() {
        let saved_state = SavedState { current: Some("unlock".to_owned()), ..SavedState::default() };
        let at = |text| saved_state.procedure_at(&place(text)).map(|procedure| procedure.id.as_str());
        assert_eq!(at("sanalpos.query"), None, "lost cards and card readers are paid there");
        assert_eq!(at("onlineislemler.menu"), Some("unlock"));
        assert_eq!(at("info.faq"), Some("unlock"), "nobody's page");
    }

    #[test]
    fn what_is_stored_is_read_again_also_by_an_older_version() {
        let mut saved_state = in_renewal();
        saved_state.take(&Change::Role { role: Role::OtherStaff });
        saved_state.take(&tick("print", true));
        let stored = serde_json::to_value(&saved_state).unwrap();
        assert_eq!(serde_json::from_value::<SavedState>(stored.clone()).unwrap(), saved_state);
        let mut newer = stored;
        newer["added"] = 1.into();
        newer["prices"] = serde_json::json!({"nes-9": 1});
        newer["procedures"]["renewal"]["added"] = 1.into();
        assert_eq!(serde_json::from_value::<SavedState>(newer.clone()).unwrap(), saved_state);
        newer["role"] = "somebody-new".into();
        let read = serde_json::from_value::<SavedState>(newer).unwrap();
        assert_eq!(read, SavedState { role: None, ..saved_state });
        assert_eq!(serde_json::from_str::<SavedState>("{}").unwrap(), SavedState::default());
    }

    #[test]
    fn changes_travel_as_plain_messages() {
        let json =
            serde_json::json!({"change": "tick", "procedure": "renewal", "step": "print", "done": true});
        assert_eq!(serde_json::from_value::<Change>(json).unwrap(), tick("print", true));
        assert!(serde_json::from_str::<Change>(r#"{"change": "start-again"}"#).is_err());
        assert!(serde_json::from_str::<Change>(r#"{"change": "forget"}"#).is_err());
    }
}
