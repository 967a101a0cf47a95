//! The command line for people and scripts.

use crate::card_report::card_report;
use crate::connection::PATIENT;
use crate::doctor;
use crate::ending::{self, Exit};
use crate::operation::{Operation, operate};
use crate::prompt::Stop;
use crate::registration::command;
use crate::turns::Turns;
use crate::{status, watch};
use eimza_card::CodeKind;
use eimza_i18n::Catalog;
use eimza_protocol::{CardStatus, CodeState, CodesFrom, Event, Lang, Problem, Status};
use serde::Serialize;
use std::io::{self, Read, Write};
use std::time::{SystemTime, UNIX_EPOCH};

const USAGE: &str = "\
eimza-host: e-İmza Yardımcısı'nın kart programı / the card program of e-İmza Yardımcısı

  eimza-host status [--json | --report] [--lang tr|en]
  eimza-host watch
  eimza-host doctor [--json] [--lang tr|en]
  eimza-host unlock [--reader NAME] [--json] [--lang tr|en]
  eimza-host change-pin [--reader NAME] [--json] [--lang tr|en]
  eimza-host change-puk [--reader NAME] [--json] [--lang tr|en]
  eimza-host register|unregister [--user|--system] [--browser NAME]... [--dry-run] [--force] [--lang tr|en]
  eimza-host --version | --help

doctor: nerede takıldığını ve çaresini söyler. / says what is wrong and how to mend it.
--browser: chrome, chromium, edge, firefox, brave, vivaldi
register: tarayıcılara bu programın yerini bildirir. / tells browsers where this program is.
--report: kişisel bilgi içermeyen kart raporu. / card report without personal data.
PIN ve PUK yalnızca kendi penceresinde sorulur. / PIN and PUK are asked for in its own window only.
Tarayıcı tarafından bağımsız değişkensiz başlatılır. / Started without a command by the browser.
";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    json: bool,
    report: bool,
    lang: Lang,
    reader: Option<String>,
}

impl Options {
    /// A report is a text, and of `status` alone.
    fn fit(&self, command: &str) -> bool {
        !self.report || (command == "status" && !self.json)
    }
}

/// Carries a command out. Exit status 0: done, 1: not done, 2: wrong usage.
///
/// # Errors
/// Where standard output is closed.
pub fn run(arguments: &[String], mut out: impl Write) -> io::Result<Exit> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((&command, rest)) = arguments.split_first() else {
        return usage();
    };
    if let "register" | "unregister" = command {
        return command::run(command == "register", rest, &mut out).unwrap_or_else(usage);
    }
    let Some(options) = parse(rest).filter(|options| options.fit(command)) else {
        return usage();
    };
    let words = || Catalog::of(options.lang); // read when something is said
    match command {
        "--help" => write!(out, "{USAGE}").map(|()| Exit::Done),
        "--version" => writeln!(out, "eimza-host {}", env!("CARGO_PKG_VERSION")).map(|()| Exit::Done),
        "status" if options.reader.is_none() && options.report => {
            report(&mut out, &options, card_report(PATIENT), |text| text.trim_end().to_owned())
        }
        "status" if options.reader.is_none() => {
            report(&mut out, &options, status::status(PATIENT), |status| describe(status, words()))
        }
        "unlock" => {
            let done =
                operated(Operation::Unlock, &options).map(|reader| Unlocked { unlocked: true, reader });
            report(&mut out, &options, done, |_| words().text("cli_unlocked", &[]))
        }
        "change-pin" => {
            let done = operated(Operation::Change(CodeKind::Pin), &options);
            report(&mut out, &options, done.map(changed), |_| words().text("cli_pin_changed", &[]))
        }
        "change-puk" => {
            let done = operated(Operation::Change(CodeKind::Puk), &options);
            report(&mut out, &options, done.map(changed), |_| words().text("cli_puk_changed", &[]))
        }
        "doctor" if options.reader.is_none() => doctor::command::run(options.json, options.lang, &mut out),
        "watch" if options == Options::default() => {
            end_with_input();
            watch::watch(&Turns::default(), |event| {
                let line = match event {
                    Event::Readers(status) => serde_json::to_string(&status),
                    Event::Lost { error } => serde_json::to_string(&Failed::new(error, words())),
                };
                line.is_ok_and(|line| writeln!(out, "{line}").and_then(|()| out.flush()).is_ok())
            });
            Ok(Exit::Done)
        }
        _ => usage(),
    }
}

/// Prints how to use the program; exit status 2.
///
/// # Errors
/// Where standard error is closed.
pub fn usage() -> io::Result<Exit> {
    io::stderr().write_all(USAGE.as_bytes()).map(|()| Exit::WrongUsage)
}

fn parse(arguments: &[&str]) -> Option<Options> {
    let mut options = Options::default();
    let mut arguments = arguments.iter();
    while let Some(&argument) = arguments.next() {
        match argument {
            "--json" => options.json = true,
            "--report" => options.report = true,
            "--reader" => options.reader = Some((*arguments.next()?).to_owned()),
            "--lang" => {
                options.lang = Lang::from_code(arguments.next()?)?;
            }
            _ => return None,
        }
    }
    Some(options)
}

#[derive(Serialize)]
struct Unlocked {
    unlocked: bool,
    reader: String,
}

#[derive(Serialize)]
struct Changed {
    changed: bool,
    reader: String,
}

fn changed(reader: String) -> Changed {
    Changed { changed: true, reader }
}

fn operated(operation: Operation, options: &Options) -> Result<String, Problem> {
    let stop = Stop::default();
    stop.on_signals();
    operate(operation, options.reader.as_deref(), options.lang, &stop)
}

/// Why something was not done, for scripts (the stable code) and for whoever reads their output.
#[derive(Serialize)]
struct Failed {
    error: Explained,
}

#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    problem: Problem,
    /// What happened.
    message: String,
    /// What to do now.
    remedy: String,
}

impl Failed {
    fn new(problem: Problem, words: &Catalog) -> Self {
        let [message, remedy] = words.explain(&problem);
        Self { error: Explained { problem, message, remedy } }
    }
}

fn report<T: Serialize>(
    out: &mut impl Write,
    options: &Options,
    result: Result<T, Problem>,
    describe: impl FnOnce(&T) -> String,
) -> io::Result<Exit> {
    let words = || Catalog::of(options.lang);
    let code = if result.is_ok() { Exit::Done } else { Exit::NotDone };
    let text = match (result, options.json) {
        (Ok(value), true) => serde_json::to_string(&value)?,
        (Ok(value), false) => describe(&value),
        (Err(error), true) => serde_json::to_string(&Failed::new(error, words()))?,
        (Err(error), false) => explain(&error, words()),
    };
    writeln!(out, "{text}").map(|()| code)
}

fn explain(problem: &Problem, words: &Catalog) -> String {
    words.explain(problem).join("\n")
}

fn describe(status: &Status, words: &Catalog) -> String {
    let lines = status.readers.iter().map(|reader| match (&reader.card, &reader.error) {
        (Some(card), _) => format!("{}\n{}", reader.name, describe_card(card, words)),
        (None, Some(error)) => format!("{}\n{}", reader.name, explain(error, words)),
        (None, None) => reader.name.clone(),
    });
    lines.collect::<Vec<_>>().join("\n\n")
}

fn describe_card(card: &CardStatus, words: &Catalog) -> String {
    let mut lines = vec![card.family.clone()];
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    for certificate in &card.certificates {
        lines.push(certificate.holder.clone());
        for (name, value) in [("panel_issuer", &certificate.issuer), ("panel_serial", &certificate.serial)] {
            lines.push(format!("{}: {value}", words.text(name, &[])));
        }
        let (key, arguments) = certificate.validity(now).message();
        lines.push(words.text_with(key, &arguments));
    }
    lines.extend([
        format!("PIN: {}", describe_code(card.pin, words)),
        format!("PUK: {}", describe_code(card.puk, words)),
    ]);
    if card.codes_from == CodesFrom::Assumption {
        lines.push(words.text("card_codes_assumed", &[]));
    }
    lines.join("\n")
}

fn describe_code(state: CodeState, words: &Catalog) -> String {
    match state {
        CodeState::Usable { tries: Some(left) } => words.text("code_tries", &[("tries", &left.to_string())]),
        CodeState::Usable { tries: None } => words.text("code_usable", &[]),
        CodeState::Blocked => words.text("code_blocked", &[]),
        CodeState::Unknown => words.text("code_unknown", &[]),
    }
}

/// Ends the process at the end of standard input: whoever started `watch` is gone then.
fn end_with_input() {
    std::thread::spawn(|| {
        // Content does not matter; an error is an end too.
        let _ = io::copy(&mut io::stdin().lock().take(u64::MAX), &mut io::sink());
        ending::end(0);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::browsers;

    #[test]
    fn options_are_read_in_any_order() {
        let options = parse(&["--lang", "en", "--json", "--reader", "ACS 0"]).unwrap();
        assert_eq!(
            options,
            Options { json: true, lang: Lang::En, reader: Some("ACS 0".to_owned()), ..Options::default() }
        );
    }

    #[test]
    fn a_report_is_a_text_about_the_status() {
        let fit = |arguments: &[&str], command| parse(arguments).unwrap().fit(command);
        assert!(fit(&["--report"], "status") && fit(&["--json"], "unlock"));
        assert!(!fit(&["--report"], "unlock") && !fit(&["--report", "--json"], "status"));
    }

    #[test]
    fn every_browser_that_can_be_named_is_told() {
        let line = USAGE.lines().find_map(|line| line.strip_prefix("--browser: ")).unwrap();
        let ids: Vec<_> = browsers().iter().map(|browser| browser.id.as_str()).collect();
        assert_eq!(line.split(", ").collect::<Vec<_>>(), ids);
    }

    #[test]
    fn the_manual_names_every_command_and_option() {
        let manuals = [
            include_str!("../../../packaging/deb/man/en/eimza-host.1"),
            include_str!("../../../packaging/deb/man/tr/eimza-host.1"),
        ]
        .map(|manual| manual.replace("\\-", "-"));
        let named = USAGE.split(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char)));
        let commands =
            ["status", "watch", "doctor", "unlock", "change-pin", "change-puk", "register", "unregister"];
        for name in named.filter(|word| word.starts_with("--") || commands.contains(word)) {
            assert!(manuals.iter().all(|manual| manual.contains(name)), "{name}");
        }
    }

    #[test]
    fn anything_else_is_wrong_usage() {
        for wrong in [&["--pin"][..], &["--reader"], &["--lang", "de"], &["extra"]] {
            assert_eq!(parse(wrong), None);
        }
    }
}
