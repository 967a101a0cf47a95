//! A registration to carry out, and its outcome.

use super::browser::Scope;
use std::io::ErrorKind;
use std::path::PathBuf;

/// A registration to carry out.
#[derive(Debug, Clone)]
pub struct Task {
    /// Whether to write manifests, or to remove them.
    pub register: bool,
    /// The users for whom to register.
    pub scope: Scope,
    /// The ids of the browsers; if empty, all browsers, in the user scope those that the user has run.
    pub browsers: Vec<String>,
    /// Whether to report only what would be done.
    pub dry_run: bool,
    /// Whether to replace or remove manifests that this product did not write, too.
    pub force: bool,
}

/// The outcome for one browser.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The manifest was, or would be, written or removed.
    Done(PathBuf),
    /// There was nothing to do.
    Unchanged,
    /// The user has not run this browser.
    NotRun,
    /// There is no extension for this browser, and nothing of an earlier version.
    NoExtension,
    /// There is no extension for this browser; what an earlier version wrote was, or would be, removed.
    LeftoverRemoved(PathBuf),
    /// Somebody else can change this part of the manifest's path.
    #[cfg_attr(windows, allow(dead_code, reason = "for another system"))]
    Unsafe(PathBuf),
    /// The location of this browser's manifests is not known.
    UnknownLocation {
        /// Whether the browser was requested by name.
        named: bool,
    },
    /// There is a manifest with the host's name that this product did not write.
    NotOurs(PathBuf),
    /// A file or key could not be read or written.
    Failed(PathBuf, ErrorKind),
}

impl Outcome {
    /// Returns whether the browser is registered or unregistered as requested, as far as that is possible.
    pub fn is_success(&self) -> bool {
        !matches!(
            self,
            Self::NotOurs(_) | Self::Unsafe(_) | Self::Failed(..) | Self::UnknownLocation { named: true }
        )
    }

    /// Returns whether the browser knows the host after this outcome of a registration.
    pub fn is_registered(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Unchanged)
    }
}
