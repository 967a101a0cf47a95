//! The line that names the sources of a fact and the date they were checked.

use super::date_format::format_date;
use eimza_guide::{Source, source};
use eimza_i18n::Catalog;

/// Returns the line, such as "Kaynak: …, 12.03.2024. Son kontrol: 25.11.2026". Sources are ids of known sources,
/// or the names that an imported profile gives.
pub(crate) fn source_line(catalog: &Catalog, sources: &[String], checked: &str) -> String {
    let named = sources
        .iter()
        .map(|id| source(id).map_or_else(|| (id.clone(), None), |source| title_and_date(catalog, source)));
    // Sources with the same title are named once, with all dates.
    let mut titles: Vec<(String, Vec<String>)> = Vec::new();
    for (title, date) in named {
        match titles.iter_mut().find(|(known, _)| *known == title) {
            Some((_, dates)) => dates.extend(date),
            None => titles.push((title, date.into_iter().collect())),
        }
    }
    let names = titles.into_iter().map(|(title, mut dates)| {
        dates.insert(0, title);
        dates.join(", ")
    });
    let names = names.collect::<Vec<_>>().join("; ");
    catalog.text("panel_source", &[("sources", &names), ("date", &format_date(checked))])
}

fn title_and_date(catalog: &Catalog, source: &Source) -> (String, Option<String>) {
    (catalog.text(&source.title, &[]), source.date.as_deref().map(format_date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_protocol::Lang;

    #[test]
    fn names_sources_with_the_same_title_once_with_their_dates() {
        let sources = ["mersin-guide", "lost-2023", "lost-2025"].map(str::to_owned);
        assert_eq!(
            source_line(Catalog::of(Lang::Tr), &sources, "2026-11-25"),
            "Kaynak: Mersin İl Sağlık Müdürlüğü’nün e-imza kılavuzu; Bir kamu kurumunun kılavuzu, \
             10.07.2023, 10.10.2025. Son kontrol: 25.11.2026"
        );
    }
}
