//! The options of the commands.

use eimza_protocol::Lang;

/// The options of a command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    pub json: bool,
    pub report: bool,
    pub no_reader_keys: bool,
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
                "--no-reader-keys" => options.no_reader_keys = true,
                "--reader" => options.reader = Some((*arguments.next()?).to_owned()),
                "--lang" => options.lang = Lang::from_code(arguments.next()?)?,
                _ => return None,
            }
        }
        Some(options)
    }

    /// Returns whether the options are valid together: `--report` is plain text, and only supported by `status`;
    /// `--no-reader-keys` is supported by commands with codes.
    pub fn are_valid_for(&self, command: &str) -> bool {
        let asks_codes = matches!(command, "unlock" | "change-pin" | "change-puk");
        (!self.report || (command == "status" && !self.json)) && (!self.no_reader_keys || asks_codes)
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
    fn reader_keys_are_switched_off_where_codes_are_asked_for() {
        let options = Options::parse(&["--no-reader-keys"]).unwrap();
        for (command, expected) in [
            ("unlock", true),
            ("change-pin", true),
            ("change-puk", true),
            ("status", false),
            ("watch", false),
        ] {
            assert_eq!(options.are_valid_for(command), expected, "{command}");
        }
    }

    #[test]
    fn unknown_and_incomplete_options_are_invalid() {
        for invalid in [&["--pin"][..], &["--reader"], &["--lang", "de"], &["extra"]] {
            assert_eq!(Options::parse(invalid), None);
        }
    }
}
