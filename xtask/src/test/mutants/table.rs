//! The table of results in docs/proof.md.

use super::outcome::{Outcome, Results};
use anyhow::{Context, Result};
use std::fmt;
use std::fs;

const PAGE: &str = "docs/proof.md";
const BEGIN: &str = "<!-- mutants: begin -->\n";
const END: &str = "<!-- mutants: end -->";
const HEAD: &str =
    "| area | changes | test failed | test did not end | does not compile | explained | not noticed |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
";

/// The row of an area.
pub(super) struct Row<'a> {
    area: &'a str,
    counts: Vec<usize>,
}

impl<'a> Row<'a> {
    /// Counts the results of an area; `explained` is the number of changes that the configuration excludes.
    pub(super) fn new(area: &'a str, results: &Results, explained: usize) -> Self {
        let count = |outcome| results.values().filter(|other| **other == outcome).count();
        let [caught, timed_out, unviable, missed] = Outcome::ALL.map(count);
        Self { area, counts: vec![results.len() + explained, caught, timed_out, unviable, explained, missed] }
    }
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<_> = self.counts.iter().map(ToString::to_string).collect();
        write!(out, "| `{}` | {} |", self.area, counts.join(" | "))
    }
}

/// Writes an area's row into the table; the rows are in the order of `areas`.
pub(super) fn write(row: &Row<'_>, areas: &[&str]) -> Result<()> {
    let page = fs::read_to_string(PAGE)?;
    Ok(fs::write(PAGE, replaced(&page, row, areas)?)?)
}

fn replaced(page: &str, row: &Row<'_>, areas: &[&str]) -> Result<String> {
    let (before, rest) = page.split_once(BEGIN).context("docs/proof.md has no table of mutants")?;
    let (table, after) = rest.split_once(END).context("docs/proof.md: the table of mutants has no end")?;
    let rows = areas.iter().filter_map(|area| {
        let start = format!("| `{area}` |");
        let old = table.lines().find(|line| line.starts_with(&start)).map(str::to_owned);
        let new = (*area == row.area).then(|| row.to_string());
        new.or(old).map(|line| line + "\n")
    });
    Ok(format!("{before}{BEGIN}{HEAD}{}{END}{after}", rows.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_replaces_that_of_its_area_only() {
        let page = format!("text\n{BEGIN}{HEAD}| `b` | 9 | 9 | 0 | 0 | 0 | 0 |\n{END}\nmore\n");
        let outcomes =
            [Outcome::Caught, Outcome::Caught, Outcome::TimedOut, Outcome::Unviable, Outcome::Missed];
        let results = outcomes.iter().enumerate().map(|(index, &outcome)| (index.to_string(), outcome));
        let row = Row::new("a", &results.collect(), 2);
        let areas = ["a", "b", "c"];
        let expected = format!(
            "text\n{BEGIN}{HEAD}| `a` | 7 | 2 | 1 | 1 | 2 | 1 |\n| `b` | 9 | 9 | 0 | 0 | 0 | 0 |\n{END}\nmore\n"
        );
        let once = replaced(&page, &row, &areas).unwrap();
        assert_eq!(once, expected);
        assert_eq!(replaced(&once, &row, &areas).unwrap(), expected);
    }

    #[test]
    fn a_page_without_the_table_is_an_error() {
        let row = Row::new("a", &Results::new(), 0);
        for page in ["", BEGIN, END] {
            assert!(replaced(page, &row, &["a"]).is_err(), "{page}");
        }
    }
}
