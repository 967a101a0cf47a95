//! The checklist of a procedure for one user: edition, steps, what is done.

use crate::institution::Institution;
use crate::procedure::{Edition, Need, Payment, Procedure, Step, Supersession, procedure};
use crate::saved_state::{ProcedureProgress, SavedState, StepStatus};
use crate::screen_id::ScreenId;
use crate::user_context::Os;

/// The checklist of a procedure for one user.
#[derive(Debug)]
pub struct Checklist {
    /// The procedure.
    pub procedure: &'static Procedure,
    /// The edition that the user follows.
    pub edition: &'static Edition,
    /// Whether the institution's profile prescribes this edition.
    pub pinned: bool,
    /// What the user needs; while [`Self::asks_role`], what every role needs.
    pub needs: Vec<&'static Need>,
    /// The steps in order; empty while [`Self::asks_role`].
    pub steps: Vec<ChecklistStep>,
    /// Whether a newer edition exists.
    pub is_old: bool,
    /// Whether the role must be known first.
    pub asks_role: bool,
    /// Whether the user pays the institution; none where that is unknown, or nothing is paid there.
    pub pays: Option<bool>,
}

/// A step with its state.
#[derive(Debug, Clone, Copy)]
pub struct ChecklistStep {
    /// The step.
    pub step: &'static Step,
    /// Its number, from 1, among the steps that the user needs; none for one that they do not need.
    pub number: Option<usize>,
    /// Whether it is open, done, or not needed.
    pub status: StepStatus,
}

impl ChecklistStep {
    /// Returns whether it is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.status == StepStatus::Done
    }
}

impl Checklist {
    /// Returns the checklist of a procedure; none where there is no procedure with that id.
    #[must_use]
    pub fn of(id: &str, saved_state: &SavedState, os: Option<Os>) -> Option<Self> {
        let procedure = procedure(id)?;
        let progress = saved_state.progress(id);
        let chosen = saved_state.institution().map(|chosen| chosen.institution);
        let (edition, pinned) = edition_of(procedure, &progress, chosen)?;
        Some(Self::of_edition(procedure, edition, pinned, saved_state, os))
    }

    /// Returns the checklist of the first edition with a step on this screen; none where the user's own edition
    /// has one, or no edition has.
    #[must_use]
    pub fn of_other_edition(
        &self,
        screen: &ScreenId,
        saved_state: &SavedState,
        os: Option<Os>,
    ) -> Option<Self> {
        let others = self.procedure.editions.iter().filter(|other| other.id != self.edition.id);
        let lists = others.map(|other| Self::of_edition(self.procedure, other, false, saved_state, os));
        let mut owners = lists.filter(|list| list.step_on(screen).is_some());
        let own = self.asks_role || self.edition.steps.iter().any(|step| step.pages.contains(screen));
        owners.next().filter(|_| !own)
    }

    fn of_edition(
        procedure: &'static Procedure,
        edition: &'static Edition,
        pinned: bool,
        saved_state: &SavedState,
        os: Option<Os>,
    ) -> Self {
        let progress = saved_state.progress(&procedure.id);
        let user_context = saved_state.user_context_in(Some(procedure), os);
        let asks_role = procedure.depends_on_role() && saved_state.role.is_none();
        let steps = edition.steps.iter().filter(|step| !asks_role && step.when.holds(&user_context));
        let mut needed = 0;
        let steps = steps.map(|step| {
            let status = progress.status(&step.id);
            let number = (status != StepStatus::NotNeeded).then(|| {
                needed += 1;
                needed
            });
            ChecklistStep { step, number, status }
        });
        let steps = steps.collect();
        let needs = edition.needs.iter().filter(|need| need.when.holds(&user_context)).collect();
        let is_old = procedure.editions.first().is_some_and(|newest| newest.id != edition.id);
        Self { procedure, edition, pinned, needs, steps, is_old, asks_role, pays: user_context.pays }
    }

    /// Returns the first open step of this screen, else its first step; none where no step is done there.
    #[must_use]
    pub fn step_on(&self, screen: &ScreenId) -> Option<&ChecklistStep> {
        let mut on_screen = self.steps.iter().filter(|state| state.step.pages.contains(screen));
        let open = on_screen.clone().find(|state| state.status == StepStatus::Open);
        open.or_else(|| on_screen.next())
    }

    /// Returns the position, from 1, of the next step: the first open step of this screen, else the first open
    /// step; none where all are done or not needed.
    #[must_use]
    pub fn next(&self, screen: Option<&ScreenId>) -> Option<usize> {
        let open = |state: &ChecklistStep| state.status == StepStatus::Open;
        let on_screen =
            |state: &ChecklistStep| screen.is_some_and(|screen| state.step.pages.contains(screen));
        let found = self.steps.iter().position(|state| open(state) && on_screen(state));
        found.or_else(|| self.steps.iter().position(open)).map(|index| index + 1)
    }

    /// Returns the payment of the procedure; none where the user pays nothing, or need not pay.
    #[must_use]
    pub fn payment(&self) -> Option<&'static Payment> {
        let mut needed = self.steps.iter().filter(|state| state.status != StepStatus::NotNeeded);
        needed.find_map(|state| state.step.payment.as_ref())
    }

    /// Returns the number of steps that are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|state| state.is_done()).count()
    }

    /// Returns the number of steps that the user needs.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.steps.iter().filter(|state| state.status != StepStatus::NotNeeded).count()
    }

    /// Returns the next step, as [`Self::next`] does.
    #[must_use]
    pub fn next_step(&self, screen: Option<&ScreenId>) -> Option<&ChecklistStep> {
        self.steps.get(self.next(screen)? - 1)
    }

    /// Returns whether the user has ticked a step, or said of one that it is not needed.
    #[must_use]
    pub fn is_started(&self) -> bool {
        self.steps.iter().any(|state| state.status != StepStatus::Open)
    }

    /// Returns what changed since older editions, whose guides are still in circulation.
    #[must_use]
    pub fn changes(&self) -> Vec<&'static Supersession> {
        let older = self.procedure.editions.iter().skip_while(|other| other.id != self.edition.id).skip(1);
        // What changed about paying does not concern those who pay nothing.
        let concerns = |step: &&Step| step.when.pays.is_none_or(|pays| self.pays == Some(pays));
        let steps = older.flat_map(|edition| &edition.steps).filter(concerns);
        let mut changes: Vec<&Supersession> = steps.filter_map(|step| step.superseded.as_ref()).collect();
        changes.dedup_by_key(|change| change.by.as_str());
        changes
    }
}

/// Returns the edition that the user chose, else that of the institution's profile, else the newest; and
/// whether the profile prescribes it.
fn edition_of(
    procedure: &'static Procedure,
    progress: &ProcedureProgress,
    institution: Option<&Institution>,
) -> Option<(&'static Edition, bool)> {
    let pinned = institution
        .and_then(|institution| institution.editions.get(&procedure.id))
        .and_then(|id| procedure.edition(id));
    let chosen = progress.edition.as_ref().and_then(|id| procedure.edition(id));
    let edition = chosen.or(pinned).or(procedure.editions.first())?;
    Some((edition, pinned.is_some_and(|pinned| pinned.id == edition.id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Role, Signing, institutions};

    fn saved_state(role: Option<Role>) -> SavedState {
        SavedState { role, ..SavedState::default() }
    }

    fn steps(id: &str, saved_state: &SavedState, os: Option<Os>) -> Vec<&'static str> {
        let list = Checklist::of(id, saved_state, os).unwrap();
        list.steps.iter().map(|state| state.step.id.as_str()).collect()
    }

    #[test]
    fn asks_for_the_role_where_it_decides_who_pays() {
        let list = Checklist::of("renewal", &saved_state(None), None).unwrap();
        assert!(list.asks_role && list.steps.is_empty());
        let needs = |text| list.needs.iter().any(|need| need.text == text);
        assert!(needs("need_identity") && !needs("need_receipt_renewal"), "what every role needs");
        let list = Checklist::of("lost", &saved_state(None), None).unwrap();
        assert!(!list.asks_role && !list.steps.is_empty());
    }

    #[test]
    fn family_physicians_pay_and_others_do_not() {
        let physician = steps("first-application", &saved_state(Some(Role::FamilyPhysician)), None);
        let other = steps("first-application", &saved_state(Some(Role::OtherStaff)), None);
        assert_eq!(physician[0], "pay");
        assert!(!other.contains(&"pay"));
        let pays = |id, role| Checklist::of(id, &saved_state(Some(role)), None).unwrap().pays;
        assert_eq!(pays("renewal", Role::FamilyPhysician), Some(true));
        assert_eq!(pays("renewal", Role::OtherStaff), Some(false));
        assert_eq!(pays("lost", Role::OtherStaff), None, "that is paid to Kamu SM");
    }

    #[test]
    fn a_lost_card_is_first_reported_by_telephone() {
        for edition in ["2022-04-01", "guide"] {
            let mut saved_state = saved_state(None);
            saved_state.apply(&Change::Edition { procedure: "lost".to_owned(), edition: edition.to_owned() });
            let list = Checklist::of("lost", &saved_state, None).unwrap();
            assert_eq!(list.edition.id, edition);
            assert_eq!(list.steps[0].step.call.as_deref(), Some("444\u{a0}5\u{a0}576"));
        }
    }

    #[test]
    fn omits_steps_for_other_operating_systems() {
        let driver_steps = |os| {
            let mut shown = steps("unlock", &saved_state(None), Some(os));
            shown.retain(|step| step.starts_with("driver"));
            shown
        };
        assert_eq!(driver_steps(Os::Windows), ["driver-windows"]);
        assert_eq!(driver_steps(Os::Linux), ["driver-linux"]);
        assert_eq!(driver_steps(Os::Macos), ["driver-macos"]);
        assert_eq!(driver_steps(Os::Other), ["driver"]);
    }

    #[test]
    fn the_next_step_is_the_one_of_the_current_screen() {
        let mut saved_state = saved_state(Some(Role::OtherStaff));
        let list = |saved_state: &SavedState| Checklist::of("renewal", saved_state, None).unwrap();
        assert_eq!(list(&saved_state).next(None), Some(1));
        let form = ScreenId::from("portal.form".to_owned());
        let step = list(&saved_state).next(Some(&form)).unwrap();
        assert!(list(&saved_state).steps[step - 1].step.pages.contains(&form));
        let all: Vec<_> = list(&saved_state).steps.iter().map(|state| state.step.id.clone()).collect();
        for step in all {
            saved_state.apply(&Change::Tick { procedure: "renewal".to_owned(), step, done: true });
        }
        assert_eq!(list(&saved_state).next(Some(&form)), None);
    }

    #[test]
    fn a_screen_of_another_edition_is_found_in_that_edition() {
        let mut saved_state = saved_state(None);
        let on = |saved_state: &SavedState, screen: &str| {
            let list = Checklist::of("unlock", saved_state, Some(Os::Linux)).unwrap();
            let screen = ScreenId::from(screen.to_owned());
            let other = list.of_other_edition(&screen, saved_state, Some(Os::Linux))?;
            let step = other.step_on(&screen)?.step.id.as_str();
            Some((other.edition.id.as_str(), step, other.is_old))
        };
        assert_eq!(on(&saved_state, "nesbireysel.menu"), Some(("guide", "nb-menu", true)));
        assert_eq!(on(&saved_state, "onlineislemler.menu"), None, "the user's own edition has it");
        assert_eq!(on(&saved_state, "portal.form"), None, "another procedure has it");
        saved_state.apply(&Change::Edition { procedure: "unlock".to_owned(), edition: "guide".to_owned() });
        assert_eq!(on(&saved_state, "nesbireysel.menu"), None);
        assert_eq!(on(&saved_state, "onlineislemler.menu"), Some(("2022-01", "choose", false)));
    }

    #[test]
    fn who_signs_electronically_prints_nothing_and_delivers_only_the_receipt() {
        let sign = |role, signing| {
            let mut saved_state = saved_state(Some(role));
            if let Some(signing) = signing {
                let (procedure, step) = ("renewal".to_owned(), "sign".to_owned());
                saved_state.apply(&Change::Signing { procedure, step, signing });
            }
            saved_state
        };
        let paper = |role, signing| {
            let mut shown = steps("renewal", &sign(role, signing), None);
            shown.retain(|step| *step == "print" || step.starts_with("deliver"));
            shown
        };
        for signing in [None, Some(Signing::Paper)] {
            assert_eq!(paper(Role::FamilyPhysician, signing), ["print", "deliver"]);
            assert_eq!(paper(Role::OtherStaff, signing), ["print", "deliver-form"]);
        }
        assert_eq!(paper(Role::FamilyPhysician, Some(Signing::Electronic)), ["deliver-receipt"]);
        assert!(paper(Role::OtherStaff, Some(Signing::Electronic)).is_empty());
        let chosen = sign(Role::OtherStaff, Some(Signing::Electronic));
        assert!(chosen.progress("renewal").is_done("sign"), "the choice ticks the step");
        let needs = |saved_state: &SavedState| {
            let list = Checklist::of("renewal", saved_state, None).unwrap();
            list.needs.iter().any(|need| need.text == "need_printer")
        };
        assert!(needs(&saved_state(Some(Role::OtherStaff))) && !needs(&chosen));
    }

    #[test]
    fn after_an_unlock_with_the_puk_the_official_way_is_not_shown() {
        let mut saved_state = saved_state(None);
        let tick = |done| Change::Tick { procedure: "unlock".to_owned(), step: "puk".to_owned(), done };
        saved_state.apply(&tick(true));
        assert_eq!(steps("unlock", &saved_state, Some(Os::Linux)), ["puk"]);
        saved_state.apply(&Change::NotNeeded {
            procedure: "unlock".to_owned(),
            step: "puk".to_owned(),
            not_needed: true,
        });
        assert_eq!(
            steps("unlock", &saved_state, Some(Os::Linux)),
            ["puk", "driver-linux", "online", "choose", "desktop"],
            "without a PUK it is the way"
        );
    }

    #[test]
    fn what_changed_about_paying_is_told_only_to_those_who_pay() {
        let told = |role| {
            let saved_state = saved_state(Some(role));
            let list = Checklist::of("renewal", &saved_state, None).unwrap();
            list.changes().iter().any(|change| change.by == "superseded_account")
        };
        assert!(told(Role::FamilyPhysician) && !told(Role::OtherStaff));
    }

    #[test]
    fn who_gets_a_card_reader_with_the_card_needs_none() {
        let needs_reader = |id, role| {
            let list = Checklist::of(id, &saved_state(Some(role)), None).unwrap();
            list.needs.iter().any(|need| need.text == "need_card_reader")
        };
        assert!(!needs_reader("first-application", Role::FamilyPhysician));
        assert!(needs_reader("first-application", Role::OtherStaff));
        assert!(needs_reader("renewal", Role::FamilyPhysician));
    }

    #[test]
    fn a_step_that_is_not_needed_counts_neither_as_done_nor_as_open() {
        let mut saved_state = saved_state(None);
        let list = |saved_state: &SavedState| Checklist::of("lost", saved_state, None).unwrap();
        let (procedure, step) = ("lost".to_owned(), "call".to_owned());
        let total = list(&saved_state).needed();
        let not_needed =
            |not_needed| Change::NotNeeded { procedure: procedure.clone(), step: step.clone(), not_needed };
        saved_state.apply(&not_needed(true));
        assert_eq!(list(&saved_state).steps[0].status, StepStatus::NotNeeded);
        assert_eq!((list(&saved_state).done(), list(&saved_state).needed()), (0, total - 1));
        assert_eq!(list(&saved_state).next(None), Some(2));
        let numbers: Vec<_> = list(&saved_state).steps.iter().map(|state| state.number).collect();
        assert_eq!(numbers[..3], [None, Some(1), Some(2)], "the numbers go with the total");
        saved_state.apply(&not_needed(false));
        assert_eq!((list(&saved_state).needed(), list(&saved_state).next(None)), (total, Some(1)));
    }

    #[test]
    fn a_tick_and_starting_again_end_that_a_step_is_not_needed() {
        let (procedure, step) = ("lost".to_owned(), "call".to_owned());
        let skip = Change::NotNeeded { procedure: procedure.clone(), step: step.clone(), not_needed: true };
        let tick = |done| Change::Tick { procedure: procedure.clone(), step: step.clone(), done };
        let after = |changes: &[Change]| {
            let mut saved_state = SavedState::default();
            changes.iter().for_each(|change| saved_state.apply(change));
            saved_state.progress(&procedure).status(&step)
        };
        assert_eq!(after(std::slice::from_ref(&skip)), StepStatus::NotNeeded);
        assert_eq!(after(&[tick(true), skip.clone()]), StepStatus::NotNeeded);
        assert_eq!(after(&[skip.clone(), tick(true)]), StepStatus::Done);
        assert_eq!(after(&[skip.clone(), tick(false)]), StepStatus::Open);
        assert_eq!(after(&[skip, Change::StartAgain { procedure: procedure.clone() }]), StepStatus::Open);
    }

    #[test]
    fn a_payment_that_is_not_needed_is_no_payment() {
        let mut saved_state = saved_state(Some(Role::FamilyPhysician));
        let pays = |saved_state: &SavedState| Checklist::of("renewal", saved_state, None).unwrap().payment();
        assert!(pays(&saved_state).is_some());
        let (procedure, step) = ("renewal".to_owned(), "pay".to_owned());
        saved_state.apply(&Change::NotNeeded { procedure, step, not_needed: true });
        assert!(pays(&saved_state).is_none());
    }

    #[test]
    fn uses_the_newest_edition_unless_user_or_institution_chose_another() {
        let procedure = procedure("lost").unwrap();
        let pinning = Institution {
            editions: [("lost".to_owned(), "guide".to_owned())].into(),
            ..institutions()[0].clone()
        };
        let none = ProcedureProgress::default();
        let chosen =
            ProcedureProgress { edition: Some("2022-04-01".to_owned()), ..ProcedureProgress::default() };
        let unknown = ProcedureProgress { edition: Some("1999".to_owned()), ..ProcedureProgress::default() };
        let edition = |progress, institution| {
            let (edition, pinned) = edition_of(procedure, progress, institution).unwrap();
            (edition.id.as_str(), pinned)
        };
        assert_eq!(edition(&none, None), ("2022-04-01", false));
        assert_eq!(edition(&none, Some(&pinning)), ("guide", true));
        assert_eq!(edition(&chosen, Some(&pinning)), ("2022-04-01", false));
        assert_eq!(edition(&unknown, None), ("2022-04-01", false));
    }

    #[test]
    fn the_newest_edition_lists_its_changes() {
        let count =
            |id| Checklist::of(id, &saved_state(Some(Role::OtherStaff)), None).unwrap().changes().len();
        assert!(count("lost") >= 2 && count("unlock") >= 3);
        let mut old = saved_state(None);
        old.apply(&Change::Edition { procedure: "lost".to_owned(), edition: "guide".to_owned() });
        assert!(Checklist::of("lost", &old, None).unwrap().changes().is_empty());
    }
}
