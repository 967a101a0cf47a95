//! What an audit finds.

/// A locked version that an advisory affects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub lock_file: String,
    pub package: String,
    pub version: String,
    pub advisory: String,
    pub title: String,
}
