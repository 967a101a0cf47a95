//! Dates as people write them here.

use eimza_i18n::Catalog;

/// "25.11.2026" from "2026-11-25", "01.2022" from "2022-01", "2023" from "2023".
pub(crate) fn written(iso: &str) -> String {
    iso.rsplit('-').collect::<Vec<_>>().join(".")
}

/// A sentence with the date: the first where the day is known, the second where only the month is.
pub(crate) fn since(words: &Catalog, keys: [&str; 2], iso: &str, arguments: &[(&str, &str)]) -> String {
    let [exact, about] = keys;
    let key = if iso.split('-').count() == 3 { exact } else { about };
    let date = written(iso);
    let mut arguments = arguments.to_vec();
    arguments.push(("date", &date));
    words.text(key, &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_protocol::Lang;

    #[test]
    fn dates_are_written_day_first() {
        assert_eq!(written("2026-11-25"), "25.11.2026");
        assert_eq!(written("2022-01"), "01.2022");
    }

    #[test]
    fn a_month_is_said_to_be_approximate() {
        let say = |iso| {
            since(Catalog::of(Lang::Tr), ["panel_edition_since", "panel_edition_since_about"], iso, &[])
        };
        assert_eq!(say("2022-04-01"), "01.04.2022 tarihinden beri böyle.");
        assert_eq!(say("2022-01"), "Yaklaşık 01.2022 tarihinden beri böyle.");
    }
}
