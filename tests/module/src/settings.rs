//! The files in the module's folder.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the tests mount the module; on Windows only its files are there.
const FOLDER: &str = if cfg!(windows) { r"C:\eimza-test" } else { "/usr/local/lib" };

/// The settings, read anew for each call.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `token A.der,B.der`: a token with these certificates; a line for each.
    pub tokens: Vec<Vec<Vec<u8>>>,
    /// `flags N`: the flags of all tokens.
    pub flags: u64,
    /// `initialize null|arguments`: the only argument that C_Initialize takes.
    pub takes_arguments: bool,
    /// `late`: a wrong PUK is reported by C_InitPIN only.
    pub is_late: bool,
    /// `result NAME N`: this call does nothing and returns this value.
    pub results: Vec<(String, u64)>,
    /// `lost NAME`: this call does its work and returns CKR_GENERAL_ERROR.
    pub lost: Option<String>,
    /// `crash NAME`, `hang NAME`: this call ends the process, or never returns.
    pub crash: Option<String>,
    /// See `crash`.
    pub hang: Option<String>,
    /// `pause NAME`: this call does nothing until the setting is gone.
    pub pause: Option<String>,
    /// `fork NAME`: this call starts a process that does not end by itself.
    pub fork: Option<String>,
    /// `handles`: each call logs how many pipes its process has (Windows).
    pub logs_handles: bool,
    /// `print`: each call prints to standard output and standard error.
    pub prints: bool,
}

pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

impl Settings {
    /// Reads the settings.
    pub fn read() -> Self {
        let mut settings = Self::default();
        for line in fs::read_to_string(path("akisp11.conf")).unwrap_or_default().lines() {
            let words: Vec<_> = line.split(' ').collect();
            match words[..] {
                ["token"] => settings.tokens.push(Vec::new()),
                ["token", names] => settings
                    .tokens
                    .push(names.split(',').map(|name| fs::read(path(name)).unwrap_or_default()).collect()),
                ["flags", flags] => settings.flags = flags.parse().unwrap_or_default(),
                ["initialize", argument] => settings.takes_arguments = argument == "arguments",
                ["late"] => settings.is_late = true,
                ["handles"] => settings.logs_handles = true,
                ["print"] => settings.prints = true,
                ["result", name, result] => {
                    settings.results.push((name.to_owned(), result.parse().unwrap_or_default()));
                }
                ["lost", name] => settings.lost = Some(name.to_owned()),
                ["crash", name] => settings.crash = Some(name.to_owned()),
                ["hang", name] => settings.hang = Some(name.to_owned()),
                ["pause", name] => settings.pause = Some(name.to_owned()),
                ["fork", name] => settings.fork = Some(name.to_owned()),
                _ => {}
            }
        }
        settings
    }
}

/// Writes a line to the log.
pub(crate) fn log(line: &str) {
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(path("akisp11.log")) {
        let _ = file.write_all(format!("{} {line}\n", std::process::id()).as_bytes());
    }
}

/// Reads a code or a number of the card.
pub(crate) fn stored(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_default()
}

/// Stores a code or a number of the card.
pub(crate) fn store(name: &str, content: &[u8]) {
    let _ = fs::write(path(name), content);
}
