//! Builds the line below a page's hints: which step of which procedure this page is.

use eimza_guide::{Checklist, ChecklistStep, Os, SavedState, ScreenId, procedures};
use eimza_i18n::Catalog;
use eimza_messages::GuideLine;

/// Returns the line for a screen; none if it belongs to no procedure.
pub(crate) fn guide_line(
    screen: &ScreenId,
    saved_state: &SavedState,
    os: Option<Os>,
    catalog: &Catalog,
) -> Option<GuideLine> {
    let text = match saved_state.procedure_for_screen(screen) {
        Some(procedure) => {
            let list = Checklist::of(&procedure.id, saved_state, os)?;
            let other = list.of_other_edition(screen, saved_state, os);
            other
                .as_ref()
                .and_then(|other| other_edition_line(other, screen, catalog))
                .unwrap_or_else(|| step_line(&list, screen, catalog))
        }
        None => procedures_line(screen, catalog)?,
    };
    Some(GuideLine { text, action_text: catalog.text("action_open_guide", &[]) })
}

/// Returns the line for a step, such as "Yenileme, adım 3 / 8: Formu doldurun".
fn step_line(list: &Checklist, screen: &ScreenId, catalog: &Catalog) -> String {
    let name = catalog.text(&list.procedure.title, &[]);
    let Some(next) = list.next_step(Some(screen)) else {
        let key = if list.asks_role { "guide_line_role" } else { "guide_line_done" };
        return catalog.text(key, &[("procedure", &name)]);
    };
    numbered_line("guide_line_step", list, next, catalog)
}

/// Returns the line for a step of an edition that the user does not follow: "PIN kilidini çözme (eski yol), adım …".
fn other_edition_line(list: &Checklist, screen: &ScreenId, catalog: &Catalog) -> Option<String> {
    let key = if list.is_old { "guide_line_old_step" } else { "guide_line_new_step" };
    Some(numbered_line(key, list, list.step_on(screen)?, catalog))
}

/// Returns a text of the catalog with the procedure, the number and the title of a step.
pub(crate) fn numbered_line(key: &str, list: &Checklist, state: &ChecklistStep, catalog: &Catalog) -> String {
    let (name, step) = (catalog.text(&list.procedure.title, &[]), catalog.text(&state.step.title, &[]));
    let number = state.number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    let of = list.needed().to_string();
    catalog.text(key, &[("procedure", &name), ("number", &number), ("of", &of), ("step", &step)])
}

/// Names the procedures that use this screen, for a user who has chosen none.
fn procedures_line(screen: &ScreenId, catalog: &Catalog) -> Option<String> {
    let on_screen = procedures().iter().filter(|procedure| procedure.is_on(screen));
    let names: Vec<String> = on_screen.map(|procedure| catalog.text(&procedure.title, &[])).collect();
    (!names.is_empty()).then(|| catalog.text("guide_line_procedures", &[("procedures", &names.join(", "))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::{Change, Role};
    use eimza_protocol::Lang;

    fn line(screen: &str, saved_state: &SavedState) -> Option<String> {
        let screen = ScreenId::from(screen.to_owned());
        guide_line(&screen, saved_state, Some(Os::Linux), Catalog::of(Lang::Tr)).map(|line| line.text)
    }

    #[test]
    fn names_the_step_or_asks_for_the_role_or_lists_the_procedures() {
        let mut saved_state = SavedState::default();
        assert_eq!(
            line("portal.form", &saved_state).unwrap(),
            "Bu sayfa şu işlemlerde kullanılır: İlk başvuru, Yenileme"
        );
        saved_state.apply(&Change::Current { procedure: Some("renewal".to_owned()) });
        assert!(line("portal.form", &saved_state).unwrap().contains("görevinizi"));
        saved_state.apply(&Change::Role { role: Role::OtherStaff });
        assert_eq!(
            line("portal.form", &saved_state).unwrap(),
            "Yenileme, adım 2 / 7: Başvuru formunu doldurun"
        );
        assert_eq!(line("info.applications", &SavedState::default()), None);
    }

    #[test]
    fn a_screen_of_the_old_way_says_where_in_the_old_way_it_stands() {
        let mut saved_state = SavedState::default();
        let old = line("nesbireysel.menu", &saved_state).unwrap();
        assert!(old.starts_with("PIN kilidini çözme (eski yol), adım 10 / 12: "), "{old}");
        saved_state.apply(&Change::Edition { procedure: "unlock".to_owned(), edition: "guide".to_owned() });
        let own = line("nesbireysel.menu", &saved_state).unwrap();
        assert!(own.starts_with("PIN kilidini çözme, adım 10 / 12: "), "{own}");
        let new =
            line("onlineislemler.menu", &SavedState { current: Some("unlock".to_owned()), ..saved_state });
        assert!(new.unwrap().starts_with("PIN kilidini çözme (yeni yol), adım 4 / 5: "));
    }
}
