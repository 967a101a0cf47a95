//! The smart-card service, where it does not answer: pcscd.

use eimza_protocol::Problem;

/// Why it is away. Nobody but it knows of readers, so of them nothing is said.
pub fn why_away() -> Problem {
    Problem::NoService
}
