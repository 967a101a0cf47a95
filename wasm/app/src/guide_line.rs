//! The line at the foot of a page's hints: which step of which procedure this is.

use eimza_guide::{Checklist, Os, SavedState, ScreenId, procedures};
use eimza_i18n::Catalog;
use serde::Serialize;

/// One line and its button, which opens the steps in the side panel.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GuideLine {
    text: String,
    action_text: String,
}

/// What to say of a screen; none where no procedure comes by it.
pub(crate) fn guide_line(
    place: &ScreenId,
    saved_state: &SavedState,
    os: Option<Os>,
    words: &Catalog,
) -> Option<GuideLine> {
    let text = match saved_state.procedure_for_screen(place) {
        Some(procedure) => step_line(&Checklist::of(&procedure.id, saved_state, os)?, place, words),
        None => procedures_line(place, words)?,
    };
    Some(GuideLine { text, action_text: words.text("action_open_guide", &[]) })
}

/// "Yenileme, adım 3 / 8: Formu doldurun".
fn step_line(list: &Checklist, place: &ScreenId, words: &Catalog) -> String {
    let name = words.text(&list.procedure.title, &[]);
    let Some(number) = list.next(Some(place)) else {
        let key = if list.asks_role { "guide_line_role" } else { "guide_line_done" };
        return words.text(key, &[("procedure", &name)]);
    };
    let step = words.text(&list.steps[number - 1].step.title, &[]);
    let (number, of) = (number.to_string(), list.steps.len().to_string());
    words.text("guide_line_step", &[("procedure", &name), ("number", &number), ("of", &of), ("step", &step)])
}

/// The procedures that come by here, where nobody said which one it is.
fn procedures_line(place: &ScreenId, words: &Catalog) -> Option<String> {
    let on_screen = procedures().iter().filter(|procedure| procedure.is_on(place));
    let names: Vec<String> = on_screen.map(|procedure| words.text(&procedure.title, &[])).collect();
    (!names.is_empty()).then(|| words.text("guide_line_procedures", &[("procedures", &names.join(", "))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::{Change, Role};
    use eimza_protocol::Lang;

    fn line(place: &str, saved_state: &SavedState) -> Option<String> {
        let place = ScreenId::from(place.to_owned());
        guide_line(&place, saved_state, Some(Os::Linux), Catalog::of(Lang::Tr)).map(|line| line.text)
    }

    #[test]
    fn it_says_the_step_or_asks_or_names_the_procedures() {
        let mut saved_state = SavedState::default();
        assert_eq!(
            line("portal.form", &saved_state).unwrap(),
            "Bu sayfa şu işlemlerde geçer: İlk başvuru, Yenileme"
        );
        saved_state.apply(&Change::Current { procedure: Some("renewal".to_owned()) });
        assert!(line("portal.form", &saved_state).unwrap().contains("kim olduğunuzu"));
        saved_state.apply(&Change::Role { role: Role::OtherStaff });
        assert_eq!(
            line("portal.form", &saved_state).unwrap(),
            "Yenileme, adım 2 / 7: Başvuru formunu doldurun"
        );
        assert_eq!(line("info.applications", &SavedState::default()), None);
    }
}
