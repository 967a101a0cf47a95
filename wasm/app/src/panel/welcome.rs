//! The page that opens when the extension is installed: is everything there, and what comes next.

use super::Press;
use super::card::state::{Link, Panel};
use super::pen::Pen;
use web_sys::Element;

/// How far one of the things that are needed is.
enum Progress {
    /// It is there; what it is.
    Done(String),
    /// It is not: what is wrong and what to do now.
    Missing([String; 2]),
    /// It is being looked for.
    Looking,
    /// Something before it comes first.
    Later,
}

/// Program, reader and card, each looked at as the panel sees it; the first that is missing says what to do.
pub(super) fn parts(pen: &Pen<Press>, panel: &Panel) -> Vec<Element> {
    let steps = [
        ("welcome_host", host(pen, panel)),
        ("panel_reader", reader(pen, panel)),
        ("panel_card", card(pen, panel)),
    ];
    let all_done = steps.iter().all(|(_, progress)| matches!(progress, Progress::Done(_)));
    let mut parts = vec![pen.text("h2", "", "welcome_title"), pen.text("p", "", "welcome_explain")];
    let items: Vec<_> = steps.iter().map(|(name, progress)| item(pen, name, progress)).collect();
    parts.push(pen.element("ol", "welcome", &items));
    if all_done {
        let ready = pen.text("p", "", "welcome_ready");
        parts.push(pen.alert("success", &[ready]));
    }
    parts.push(pen.text("p", "", "welcome_pin"));
    parts.push(pen.text("footer", "", "panel_untested"));
    parts
}

fn item(pen: &Pen<Press>, name: &str, progress: &Progress) -> Element {
    let name = pen.say(name);
    let line = |sign: &str, text: &str| pen.plain("p", "what", &format!("{sign} {name}: {text}"));
    let content = match progress {
        Progress::Done(what) => vec![line("✓", what)],
        Progress::Missing([what, remedy]) => {
            let remedy = pen.plain("p", "", remedy);
            vec![pen.element("div", "warning", &[line("✗", what), remedy])]
        }
        Progress::Looking => vec![line("…", &pen.say("panel_looking"))],
        Progress::Later => vec![line("–", &pen.say("welcome_later"))],
    };
    pen.element("li", "", &content)
}

fn host(pen: &Pen<Press>, panel: &Panel) -> Progress {
    match panel.link {
        Link::Open => Progress::Done(pen.say("welcome_host_there")),
        Link::Connecting => Progress::Looking,
        Link::Closed(problem) => Progress::Missing(problem.sentences().map(|key| pen.say(&key))),
    }
}

fn reader(pen: &Pen<Press>, panel: &Panel) -> Progress {
    match (&panel.link, &panel.readers) {
        (Link::Open, None) => Progress::Looking,
        (Link::Open, Some(Ok(status))) => {
            let names: Vec<_> = status.readers.iter().map(|reader| reader.name.as_str()).collect();
            Progress::Done(names.join(", "))
        }
        (Link::Open, Some(Err(problem))) => Progress::Missing(pen.words.explain(problem)),
        (Link::Connecting | Link::Closed(_), _) => Progress::Later,
    }
}

fn card(pen: &Pen<Press>, panel: &Panel) -> Progress {
    let Some(reader) = panel.reader().filter(|_| panel.link == Link::Open) else {
        return Progress::Later;
    };
    match (&reader.card, &reader.error) {
        (Some(card), _) => {
            let holder = card.certificates.first().map(|certificate| certificate.holder.clone());
            Progress::Done(holder.filter(|name| !name.is_empty()).unwrap_or_else(|| card.family.clone()))
        }
        (None, Some(problem)) => Progress::Missing(pen.words.explain(problem)),
        (None, None) => Progress::Looking,
    }
}
