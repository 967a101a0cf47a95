//! The checklist of a procedure for one user: edition, steps, what is done.

use crate::institution::Institution;
use crate::procedure::{Edition, Need, Payment, Procedure, Step, Supersession, procedure};
use crate::saved_state::{ProcedureProgress, SavedState};
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
    /// What the user needs.
    pub needs: Vec<&'static Need>,
    /// The steps in order; empty while [`Self::asks_role`].
    pub steps: Vec<ChecklistStep>,
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
    /// Whether the user or a visited screen ticked it.
    pub done: bool,
}

impl Checklist {
    /// Returns the checklist of a procedure; none where there is no procedure with that id.
    #[must_use]
    pub fn of(id: &str, saved_state: &SavedState, os: Option<Os>) -> Option<Self> {
        let procedure = procedure(id)?;
        let progress = saved_state.progress(id);
        let chosen = saved_state.institution().map(|chosen| chosen.institution);
        let (edition, pinned) = edition_of(procedure, &progress, chosen)?;
        let user_context = saved_state.user_context_in(Some(procedure), os);
        let asks_role = procedure.depends_on_role() && saved_state.role.is_none();
        let steps = edition.steps.iter().filter(|step| !asks_role && step.when.holds(&user_context));
        Some(Self {
            procedure,
            edition,
            pinned,
            needs: edition.needs.iter().filter(|need| !asks_role && need.when.holds(&user_context)).collect(),
            steps: steps.map(|step| ChecklistStep { step, done: progress.is_done(&step.id) }).collect(),
            asks_role,
            pays: user_context.pays,
        })
    }

    /// Returns the number, from 1, of the next step: the first open step of this screen, else the first open
    /// step; none where all are done.
    #[must_use]
    pub fn next(&self, screen: Option<&ScreenId>) -> Option<usize> {
        let open = |state: &ChecklistStep| !state.done;
        let on_screen =
            |state: &ChecklistStep| screen.is_some_and(|screen| state.step.pages.contains(screen));
        let found = self.steps.iter().position(|state| open(state) && on_screen(state));
        found.or_else(|| self.steps.iter().position(open)).map(|index| index + 1)
    }

    /// Returns the payment of the procedure; none where the user pays nothing.
    #[must_use]
    pub fn payment(&self) -> Option<&'static Payment> {
        self.steps.iter().find_map(|state| state.step.payment.as_ref())
    }

    /// Returns the number of steps that are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|state| state.done).count()
    }

    /// Returns what changed since older editions, whose guides are still in circulation.
    #[must_use]
    pub fn changes(&self) -> Vec<&'static Supersession> {
        let older = self.procedure.editions.iter().skip_while(|other| other.id != self.edition.id).skip(1);
        let mut changes: Vec<&Supersession> =
            older.flat_map(|edition| &edition.steps).filter_map(|step| step.superseded.as_ref()).collect();
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
    use crate::{Change, Role, institutions};

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
        assert!(list.asks_role && list.steps.is_empty() && list.needs.is_empty());
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
