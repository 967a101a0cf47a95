//! The options of the commands.

use eimza_protocol::Lang;

/// The options of a command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub json: bool,
    pub report: bool,
    pub lang: Lang,
    pub reader: Option<String>,
}

impl Options {
    /// Parses the arguments after the command; returns `None` if they are invalid.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(&argument) = arguments.next() {
            match argument {
                "--json" => options.json = true,
                "--report" => options.report = true,
                "--reader" => options.reader = Some((*arguments.next()?).to_owned()),
                "--lang" => options.lang = Lang::from_code(arguments.next()?)?,
                _ => return None,
            }
        }
        Some(options)
    }

    /// Returns whether `--report` is valid: it is plain text, and only supported by `status`.
    pub fn are_valid_for(&self, command: &str) -> bool {
        !self.report || (command == "status" && !self.json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parsed_in_any_order() {
        let options = Options::parse(&["--lang", "en", "--json", "--reader", "ACS 0"]).unwrap();
        assert_eq!(
            options,
            Options { json: true, lang: Lang::En, reader: Some("ACS 0".to_owned()), ..Options::default() }
        );
    }

    #[test]
    fn report_is_valid_only_for_status_as_text() {
        let valid = |arguments: &[&str], command| Options::parse(arguments).unwrap().are_valid_for(command);
        assert!(valid(&["--report"], "status") && valid(&["--json"], "unlock"));
        assert!(!valid(&["--report"], "unlock") && !valid(&["--report", "--json"], "status"));
    }

    #[test]
    fn unknown_and_incomplete_options_are_invalid() {
        for invalid in [&["--pin"][..], &["--reader"], &["--lang", "de"], &["extra"]] {
            assert_eq!(Options::parse(invalid), None);
        }
    }
}
