//! `doctor`: what keeps the card from being unlocked, part by part, each with its remedy.

mod browsers;
pub mod command;
mod usb;

use crate::connection::PATIENT;
use crate::prompt::{Prompt, Stop};
use crate::registration::Roots;
use crate::status::status;
use eimza_protocol::Problem;
use serde::Serialize;
use std::path::Path;

/// One thing that was looked at.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub part: Part,
    /// Which of several: a reader's or browser's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is wrong with it; none where it is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// The parts between the extension and the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The smart-card service.
    Service,
    /// A card reader.
    Reader,
    /// The card in a reader.
    Card,
    /// The window for codes.
    Window,
    /// A browser's way to this program.
    Browser,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Fault {
    /// What an operation would say too.
    Problem(Problem),
    /// What only the doctor looks at.
    Setup(Setup),
}

/// Faults of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Setup {
    /// A reader is plugged in that the installed driver does not know.
    ReaderDriver {
        /// The package that knows it.
        package: &'static str,
    },
    /// The browser was not told where this program is.
    NotRegistered,
    /// The browser's manifest cannot be read.
    ManifestBroken {
        /// Where it is.
        path: String,
    },
    /// Another program has written the browser's manifest of this name.
    ManifestOfOthers {
        /// Where it is.
        path: String,
    },
    /// The browser's manifest names a program that is not there.
    HostMoved {
        /// The program that it names.
        path: String,
    },
    /// A policy forbids hosts that users have registered for themselves.
    PolicyUserLevel {
        /// Where it is set.
        path: String,
    },
    /// A policy forbids this host.
    PolicyBlocksHost {
        /// Where it is set.
        path: String,
    },
    /// The browser is a snap or flatpak, which may not be let out to this program.
    Confined,
}

impl Fault {
    /// Whether it keeps nothing from working by itself.
    pub fn is_warning(&self) -> bool {
        *self == Self::Setup(Setup::Confined)
    }

    /// The keys of the sentences that say what happened and what to do now, and what they say by placeholder
    /// name.
    pub fn sentences(&self) -> ([String; 2], Vec<(&'static str, String)>) {
        match self {
            Self::Problem(problem) => (problem.sentences(), problem.detail()),
            Self::Setup(setup) => {
                let (name, detail) = match setup {
                    Setup::ReaderDriver { package } => {
                        ("reader_driver", vec![("package", (*package).to_owned())])
                    }
                    Setup::NotRegistered => ("not_registered", vec![]),
                    Setup::ManifestBroken { path } => ("manifest_broken", vec![("path", path.clone())]),
                    Setup::ManifestOfOthers { path } => ("manifest_of_others", vec![("path", path.clone())]),
                    Setup::HostMoved { path } => ("host_moved", vec![("path", path.clone())]),
                    Setup::PolicyUserLevel { path } => ("policy_user_level", vec![("path", path.clone())]),
                    Setup::PolicyBlocksHost { path } => ("policy_blocks_host", vec![("path", path.clone())]),
                    Setup::Confined => ("confined", vec![]),
                };
                ([format!("problem_{name}"), format!("remedy_{name}")], detail)
            }
        }
    }
}

/// Looks at everything; spends no try. `host` is this program's own absolute path.
pub fn examine(roots: &Roots, host: &Path) -> Vec<Finding> {
    let mut findings = readers_and_cards(roots);
    let window = Prompt::open(&Stop::default()).err().map(Fault::Problem);
    findings.push(Finding { part: Part::Window, name: None, fault: window });
    findings.extend(browsers::examine(roots, host));
    findings
}

fn readers_and_cards(roots: &Roots) -> Vec<Finding> {
    let finding = |part, name: Option<&String>, fault| Finding { part, name: name.cloned(), fault };
    let problem = |problem| Some(Fault::Problem(problem));
    let mut findings = Vec::new();
    match status(PATIENT) {
        Ok(status) => {
            findings.push(finding(Part::Service, None, None));
            // Beside a card an empty reader is no fault.
            let some_card = status.readers.iter().any(|reader| reader.error != Some(Problem::NoCard));
            for reader in status.readers {
                findings.push(finding(Part::Reader, Some(&reader.name), None));
                if !(some_card && reader.error == Some(Problem::NoCard)) {
                    findings.push(finding(Part::Card, Some(&reader.name), reader.error.and_then(problem)));
                }
            }
        }
        Err(Problem::NoReader) => {
            findings.push(finding(Part::Service, None, None));
            if usb::driver_that_lacks(roots).is_none() {
                findings.push(finding(Part::Reader, None, problem(Problem::NoReader)));
            }
        }
        Err(other) => findings.push(finding(Part::Service, None, problem(other))),
    }
    if let Some((reader, package)) = usb::driver_that_lacks(roots)
        && !findings.iter().any(|finding| finding.name.as_ref().is_some_and(|name| name.contains(reader)))
    {
        let fault = Fault::Setup(Setup::ReaderDriver { package });
        findings.push(Finding { part: Part::Reader, name: Some(reader.to_owned()), fault: Some(fault) });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_words::Words;

    #[test]
    fn every_fault_has_its_sentence_and_its_remedy_with_what_they_speak_of() {
        let path = || "/etc/x".to_owned();
        for setup in [
            Setup::ReaderDriver { package: "libacsccid1" },
            Setup::NotRegistered,
            Setup::ManifestBroken { path: path() },
            Setup::ManifestOfOthers { path: path() },
            Setup::HostMoved { path: path() },
            Setup::PolicyUserLevel { path: path() },
            Setup::PolicyBlocksHost { path: path() },
            Setup::Confined,
        ] {
            let (keys, detail) = Fault::Setup(setup).sentences();
            let words = Words::of(eimza_protocol::Lang::Tr);
            let arguments: Vec<_> = detail.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let text = keys.map(|key| {
                assert!(words.has(&key), "{key}");
                words.say(&key, &arguments)
            });
            for (_, value) in &detail {
                assert!(text.concat().contains(value.as_str()), "{text:?}");
            }
        }
    }
}
