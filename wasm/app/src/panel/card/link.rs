//! Why the native host cannot be reached.

use eimza_protocol::PROTOCOL_VERSION;

/// Each has its own sentence and remedy in the catalogue (`problem_host_…`, `remedy_host_…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkProblem {
    /// The browser knows no host of that name, or its program is not there.
    Missing,
    /// The host's manifest does not list this extension, or a policy forbids it.
    Forbidden,
    /// The host speaks an older protocol.
    TooOld,
    /// The host speaks a newer protocol.
    TooNew,
    /// The host ended by itself.
    Died,
    /// The host does not answer.
    Silent,
}

impl LinkProblem {
    /// From the browser's words at disconnection. Chromium's are fixed English texts
    /// (`extensions/browser/api/messaging/native_message_host.cc`), Firefox's begin "No such native
    /// application"; anything else is an end without a reason.
    pub(crate) fn from_browser(reason: &str) -> Self {
        let says = |text: &str| reason.contains(text);
        if says("host not found") || says("No such native application") || says("Failed to start native") {
            Self::Missing
        } else if says("forbidden") {
            Self::Forbidden
        } else {
            Self::Died
        }
    }

    /// Whether a host of this protocol version can be talked to.
    pub(crate) fn from_version(protocol: u32) -> Result<(), Self> {
        match protocol.cmp(&PROTOCOL_VERSION) {
            std::cmp::Ordering::Less => Err(Self::TooOld),
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(Self::TooNew),
        }
    }

    /// The keys of what happened and what to do now.
    pub(crate) fn sentences(self) -> [String; 2] {
        let name = match self {
            Self::Missing => "missing",
            Self::Forbidden => "forbidden",
            Self::TooOld => "too_old",
            Self::TooNew => "too_new",
            Self::Died => "died",
            Self::Silent => "silent",
        };
        ["problem", "remedy"].map(|kind| format!("{kind}_host_{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_words_are_told_apart() {
        for (reason, problem) in [
            ("Specified native messaging host not found.", LinkProblem::Missing),
            ("Failed to start native messaging host.", LinkProblem::Missing),
            ("No such native application eimza.yardimcisi.host", LinkProblem::Missing),
            ("Access to the specified native messaging host is forbidden.", LinkProblem::Forbidden),
            ("Native host has exited.", LinkProblem::Died),
            ("Error when communicating with the native messaging host.", LinkProblem::Died),
            ("", LinkProblem::Died),
        ] {
            assert_eq!(LinkProblem::from_browser(reason), problem, "{reason}");
        }
    }

    #[test]
    fn only_the_same_protocol_is_talked_to() {
        assert_eq!(LinkProblem::from_version(PROTOCOL_VERSION - 1), Err(LinkProblem::TooOld));
        assert_eq!(LinkProblem::from_version(PROTOCOL_VERSION), Ok(()));
        assert_eq!(LinkProblem::from_version(PROTOCOL_VERSION + 1), Err(LinkProblem::TooNew));
    }
}
