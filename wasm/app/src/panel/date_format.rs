//! Dates in the Turkish format.

use eimza_i18n::Catalog;

/// Formats an ISO 8601 date, month or year day first: "25.11.2026" from "2026-11-25", "01.2022" from
/// "2022-01", "2023" from "2023".
pub(crate) fn format_date(iso: &str) -> String {
    iso.rsplit('-').collect::<Vec<_>>().join(".")
}

/// Returns a sentence with a date: that of the first key if the day is known, that of the second if only the
/// month is.
pub(crate) fn since(catalog: &Catalog, keys: [&str; 2], iso: &str, arguments: &[(&str, &str)]) -> String {
    let [exact, about] = keys;
    let key = if iso.split('-').count() == 3 { exact } else { about };
    let date = format_date(iso);
    let mut arguments = arguments.to_vec();
    arguments.push(("date", &date));
    catalog.text(key, &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_protocol::Lang;

    #[test]
    fn formats_dates_day_first() {
        assert_eq!(format_date("2026-11-25"), "25.11.2026");
        assert_eq!(format_date("2022-01"), "01.2022");
    }

    #[test]
    fn calls_a_month_approximate() {
        let sentence = |iso| {
            since(Catalog::of(Lang::Tr), ["panel_edition_since", "panel_edition_since_about"], iso, &[])
        };
        assert_eq!(sentence("2022-04-01"), "01.04.2022 tarihinden beri geçerli.");
        assert_eq!(sentence("2022-01"), "Yaklaşık 01.2022 tarihinden beri geçerli.");
    }
}
