//! Which page is this?

use crate::PageSnapshot;
use crate::location::Location;
use crate::page::{Page, pages};
use crate::text::{contains, fold};

/// The known page that a snapshot shows; none where no page or more than one fits: a wrong hint is
/// worse than none.
pub(crate) fn recognise(snapshot: &PageSnapshot) -> Option<&'static Page> {
    let location = Location::parse(&snapshot.url)?;
    let here = |page: &&Page| {
        page.hosts.contains(&location.host) && page.paths.iter().any(|path| path == location.path)
    };
    let mut candidates = pages().iter().filter(here).peekable();
    candidates.peek()?;
    let visible = visible_texts(snapshot);
    let shown = |text: &String| {
        let phrase = fold(text);
        visible.iter().any(|visible| contains(visible, &phrase))
    };
    let mut fitting = candidates.filter(|page| {
        page.shows.iter().all(|group| group.iter().any(shown)) && !page.lacks.iter().any(shown)
    });
    let page = fitting.next()?;
    fitting.next().is_none().then_some(page)
}

/// Everything that can be read on the page, folded.
fn visible_texts(snapshot: &PageSnapshot) -> Vec<String> {
    std::iter::once(&snapshot.title)
        .chain(&snapshot.headings)
        .chain(snapshot.fields.iter().flat_map(|field| [&field.label, &field.placeholder]))
        .chain(snapshot.buttons.iter().map(|button| &button.text))
        .chain(&snapshot.texts)
        .map(|text| fold(text))
        .collect()
}
