//! Parses the command line.

use eimza_virtual_card::{Code, MAX_TRIES, PROFILES, Profile, Settings, Validity};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the command line requests.
pub(crate) enum Request {
    Insert(Options),
    Help,
}

/// Which card to insert into which reader. Its codes protect nothing, so the command line may contain them.
pub(crate) struct Options {
    pub(crate) profile: &'static Profile,
    pub(crate) settings: Settings,
    pub(crate) port: u16,
    pub(crate) apdu_log: Option<PathBuf>,
    pub(crate) faults: Faults,
    /// Whether standard input controls the card.
    pub(crate) is_controlled: bool,
}

/// Simulated faults. Commands are counted from 1.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Faults {
    /// The card is removed at this command, before it responds.
    pub(crate) pull_out_at: Option<u32>,
    /// The card pauses at this command, before it executes it.
    pub(crate) stop_before: Option<u32>,
    /// The card pauses at this command, after it executed it and before it responds.
    pub(crate) stop_after: Option<u32>,
    /// The card does not respond from this command on.
    pub(crate) mute_at: Option<u32>,
    /// The delay of every response.
    pub(crate) delay: Duration,
}

const DAY: i64 = 24 * 60 * 60;

/// Parses the arguments without the program name. The error is a sentence without a full stop.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(now).map_err(|_| "the clock is wrong")?;
    let mut options = Options {
        profile: &PROFILES[0],
        settings: Settings {
            validity: Validity { from: now - 365 * DAY, until: now + 730 * DAY },
            ..Settings::new(code("--pin", "123456")?, code("--puk", "12345678")?)
        },
        port: vpicc::DEFAULT_PORT,
        apdu_log: None,
        faults: Faults::default(),
        is_controlled: false,
    };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let name = argument.to_string_lossy();
        let mut value = || arguments.next().ok_or_else(|| format!("{name} needs a value"));
        let mut text =
            || value()?.into_string().map_err(|_| format!("the value of {name} is not readable text"));
        match &*name {
            "--help" | "-h" => return Ok(Request::Help),
            "--profile" => options.profile = profile(&text()?)?,
            "--pin" => options.settings.pin = code(&name, &text()?)?,
            "--puk" => options.settings.puk = code(&name, &text()?)?,
            "--pin-tries" => options.settings.pin_tries = tries(&name, &text()?)?,
            "--puk-tries" => options.settings.puk_tries = tries(&name, &text()?)?,
            "--port" => options.port = text()?.parse().map_err(|_| "--port takes a port number")?,
            "--apdu-log" => options.apdu_log = Some(value()?.into()),
            "--valid-from" => options.settings.validity.from = now + seconds(&name, &text()?)?,
            "--valid-until" => options.settings.validity.until = now + seconds(&name, &text()?)?,
            "--pull-out-at" => options.faults.pull_out_at = Some(command(&name, &text()?)?),
            "--stop-before" => options.faults.stop_before = Some(command(&name, &text()?)?),
            "--stop-after" => options.faults.stop_after = Some(command(&name, &text()?)?),
            "--mute-at" => options.faults.mute_at = Some(command(&name, &text()?)?),
            "--delay" => {
                options.faults.delay =
                    Duration::from_millis(text()?.parse().map_err(|_| "--delay takes milliseconds")?);
            }
            "--held" => options.is_controlled = true,
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(Request::Insert(options))
}

/// Returns the help text.
pub(crate) fn usage() -> String {
    let profiles: String =
        PROFILES.iter().map(|profile| format!("  {:24}{}\n", profile.name, profile.description)).collect();
    format!("{OPTIONS}\nProfiles:\n{profiles}")
}

const OPTIONS: &str = "\
Usage: eimza-virtual-card [OPTION]...
Inserts a virtual card into the virtual reader of vsmartcard-vpcd, prints
`ready`, and keeps it there until the process ends.

  --profile NAME        kind of card (sanal)
  --pin DIGITS          PIN, 4 to 8 digits (123456)
  --puk DIGITS          PUK, 4 to 8 digits (12345678)
  --pin-tries N         PIN tries left, 0 to 3; 0 is a blocked PIN (3)
  --puk-tries N         PUK tries left, 0 to 3 (3)
  --port N              card side of the reader on loopback (35963)
  --apdu-log FILE       log every command, without its data
  --valid-from SECONDS  start of the certificate's validity, from now (-31536000)
  --valid-until SECONDS end of the certificate's validity, from now (63072000)
  --pull-out-at N       remove the card at the Nth command, before the response
  --mute-at N           do not respond from the Nth command on
  --delay MILLISECONDS  delay every response (0)
  --held                read commands from standard input, and exit at its end:
                          out, in   remove the card, insert it again
                          go        continue after a stop
                          tell      print PIN and tries left
  --stop-before N       print `stopped` at the Nth command, wait for `go` or `out`
  --stop-after N        the same after executing it, before the response
  --help                print this

Exit status: 0 when the reader or standard input closes; 1 if no reader
responds for 15 seconds or the log cannot be written; 2 for wrong usage.
";

fn profile(name: &str) -> Result<&'static Profile, String> {
    Profile::named(name).ok_or_else(|| format!("there is no profile {name}"))
}

fn code(option: &str, digits: &str) -> Result<Code, String> {
    Code::parse(digits.as_bytes()).ok_or_else(|| format!("{option} takes 4 to 8 digits"))
}

fn tries(option: &str, number: &str) -> Result<u8, String> {
    let tries = number.parse().ok().filter(|tries| (0..=MAX_TRIES).contains(tries));
    tries.ok_or_else(|| format!("{option} takes a number from 0 to {MAX_TRIES}"))
}

fn command(option: &str, number: &str) -> Result<u32, String> {
    let number = number.parse().ok().filter(|&number| number > 0);
    number.ok_or_else(|| format!("{option} takes the number of a command, from 1"))
}

fn seconds(option: &str, number: &str) -> Result<i64, String> {
    let seconds = number.parse().ok().filter(|seconds| (-100_000 * DAY..=100_000 * DAY).contains(seconds));
    seconds.ok_or_else(|| format!("{option} takes seconds from now"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &str) -> Options {
        match parse(arguments.split_whitespace().map(OsString::from)) {
            Ok(Request::Insert(options)) => options,
            Ok(Request::Help) => panic!("help was requested"),
            Err(error) => panic!("{error}"),
        }
    }

    fn error(arguments: &str) -> String {
        parse(arguments.split_whitespace().map(OsString::from)).err().expect("wrong usage")
    }

    #[test]
    fn defaults_to_the_virtual_card_with_all_tries() {
        let options = options("");
        assert_eq!((options.profile.name, options.port), ("sanal", 35963));
        assert_eq!((options.settings.pin_tries, options.settings.puk_tries), (3, 3));
        assert!(options.apdu_log.is_none() && !options.is_controlled);
    }

    #[test]
    fn parses_every_option() {
        let options = options(
            "--profile kimlik --pin 4321 --puk 87654321 --pin-tries 0 --puk-tries 1 --port 40000 \
             --apdu-log log --pull-out-at 7 --mute-at 8 --delay 9 --stop-before 10 --stop-after 11 --held",
        );
        assert_eq!((options.profile.name, options.port), ("kimlik", 40000));
        assert!(options.settings.pin == Code::parse(b"4321").unwrap());
        assert!(options.settings.puk == Code::parse(b"87654321").unwrap());
        assert_eq!((options.settings.pin_tries, options.settings.puk_tries), (0, 1));
        assert_eq!(options.apdu_log, Some(PathBuf::from("log")));
        let faults = Faults {
            pull_out_at: Some(7),
            stop_before: Some(10),
            stop_after: Some(11),
            mute_at: Some(8),
            delay: Duration::from_millis(9),
        };
        assert_eq!(options.faults, faults);
        assert!(options.is_controlled);
    }

    #[test]
    fn the_validity_period_is_relative_to_now() {
        let Validity { from, until } = options("--valid-from -60 --valid-until 86400").settings.validity;
        assert_eq!(until - from, 86_460);
    }

    #[test]
    fn reports_wrong_usage() {
        for (arguments, expected) in [
            ("--pin", "--pin needs a value"),
            ("--pin 123", "--pin takes 4 to 8 digits"),
            ("--puk abcdefgh", "--puk takes 4 to 8 digits"),
            ("--pin-tries 4", "--pin-tries takes a number from 0 to 3"),
            ("--puk-tries -1", "--puk-tries takes a number from 0 to 3"),
            ("--pull-out-at 0", "--pull-out-at takes the number of a command, from 1"),
            ("--mute-at x", "--mute-at takes the number of a command, from 1"),
            ("--delay -1", "--delay takes milliseconds"),
            ("--valid-until tomorrow", "--valid-until takes seconds from now"),
            ("--port smart", "--port takes a port number"),
            ("--profile akis-3x", "there is no profile akis-3x"),
            ("--colour", "there is no option --colour"),
        ] {
            assert_eq!(error(arguments), expected);
        }
    }

    #[test]
    fn help_lists_every_profile() {
        assert!(matches!(parse([OsString::from("--help")]), Ok(Request::Help)));
        assert!(PROFILES.iter().all(|profile| usage().contains(profile.name)));
    }
}
