//! The line at the foot of a page's hints: which step of which procedure this is.

use eimza_guide::{Checklist, Notebook, Os, Place, procedures};
use eimza_words::Words;
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
    place: &Place,
    notebook: &Notebook,
    os: Option<Os>,
    words: &Words,
) -> Option<GuideLine> {
    let text = match notebook.procedure_at(place) {
        Some(procedure) => step_line(&Checklist::of(&procedure.id, notebook, os)?, place, words),
        None => procedures_line(place, words)?,
    };
    Some(GuideLine { text, action_text: words.say("action_open_guide", &[]) })
}

/// "Yenileme, adım 3 / 8: Formu doldurun".
fn step_line(list: &Checklist, place: &Place, words: &Words) -> String {
    let name = words.say(&list.procedure.title, &[]);
    let Some(number) = list.next(Some(place)) else {
        let key = if list.asks_role { "guide_line_role" } else { "guide_line_done" };
        return words.say(key, &[("procedure", &name)]);
    };
    let step = words.say(&list.steps[number - 1].step.title, &[]);
    let (number, of) = (number.to_string(), list.steps.len().to_string());
    words.say("guide_line_step", &[("procedure", &name), ("number", &number), ("of", &of), ("step", &step)])
}

/// The procedures that come by here, where nobody said which one it is.
fn procedures_line(place: &Place, words: &Words) -> Option<String> {
    let on_screen = procedures().iter().filter(|procedure| procedure.is_on(place));
    let names: Vec<String> = on_screen.map(|procedure| words.say(&procedure.title, &[])).collect();
    (!names.is_empty()).then(|| words.say("guide_line_procedures", &[("procedures", &names.join(", "))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::{Change, Role};
    use eimza_protocol::Lang;

    fn line(place: &str, notebook: &Notebook) -> Option<String> {
        let place = Place::from(place.to_owned());
        guide_line(&place, notebook, Some(Os::Linux), Words::of(Lang::Tr)).map(|line| line.text)
    }

    #[test]
    fn it_says_the_step_or_asks_or_names_the_procedures() {
        let mut notebook = Notebook::default();
        assert_eq!(
            line("portal.form", &notebook).unwrap(),
            "Bu sayfa şu işlemlerde geçer: İlk başvuru, Yenileme"
        );
        notebook.take(&Change::Current { procedure: Some("renewal".to_owned()) });
        assert!(line("portal.form", &notebook).unwrap().contains("kim olduğunuzu"));
        notebook.take(&Change::Role { role: Role::OtherStaff });
        assert_eq!(line("portal.form", &notebook).unwrap(), "Yenileme, adım 2 / 7: Başvuru formunu doldurun");
        assert_eq!(line("info.applications", &Notebook::default()), None);
    }
}
