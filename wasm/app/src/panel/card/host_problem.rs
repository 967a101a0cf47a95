//! Why the native host cannot be used.

use eimza_protocol::PROTOCOL_VERSION;

/// Why the native host cannot be used. Each reason has a problem and a remedy in the message catalog
/// (`problem_host_…`, `remedy_host_…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HostProblem {
    /// The host is not registered with the browser, or its program does not exist.
    Missing,
    /// The host manifest does not list this extension, or a policy forbids the host.
    Forbidden,
    /// The host uses an older protocol version.
    TooOld,
    /// The host uses a newer protocol version.
    TooNew,
    /// The host exited.
    Exited,
    /// The host does not respond in time.
    NotResponding,
}

impl HostProblem {
    /// Classifies the reason that the browser gives for a disconnection. Chromium uses fixed English texts
    /// (`extensions/browser/api/messaging/native_message_host.cc`), Firefox texts that begin with "No such
    /// native application". Any other text counts as an exit.
    pub(crate) fn from_browser(reason: &str) -> Self {
        let contains = |text: &str| reason.contains(text);
        if contains("host not found")
            || contains("No such native application")
            || contains("Failed to start native")
        {
            Self::Missing
        } else if contains("forbidden") {
            Self::Forbidden
        } else {
            Self::Exited
        }
    }

    /// Checks the protocol version of a host.
    ///
    /// # Errors
    /// If it is not the version of this extension.
    pub(crate) fn from_version(protocol: u32) -> Result<(), Self> {
        match protocol.cmp(&PROTOCOL_VERSION) {
            std::cmp::Ordering::Less => Err(Self::TooOld),
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(Self::TooNew),
        }
    }

    /// Returns the catalog keys of the problem and of its remedy.
    pub(crate) fn message_keys(self) -> [String; 2] {
        let name = match self {
            Self::Missing => "missing",
            Self::Forbidden => "forbidden",
            Self::TooOld => "too_old",
            Self::TooNew => "too_new",
            Self::Exited => "died",
            Self::NotResponding => "silent",
        };
        ["problem", "remedy"].map(|kind| format!("{kind}_host_{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifies_disconnect_reasons_of_browsers() {
        for (reason, problem) in [
            ("Specified native messaging host not found.", HostProblem::Missing),
            ("Failed to start native messaging host.", HostProblem::Missing),
            ("No such native application eimza.yardimcisi.host", HostProblem::Missing),
            ("Access to the specified native messaging host is forbidden.", HostProblem::Forbidden),
            ("Native host has exited.", HostProblem::Exited),
            ("Error when communicating with the native messaging host.", HostProblem::Exited),
            ("", HostProblem::Exited),
        ] {
            assert_eq!(HostProblem::from_browser(reason), problem, "{reason}");
        }
    }

    #[test]
    fn accepts_only_its_own_protocol_version() {
        assert_eq!(HostProblem::from_version(PROTOCOL_VERSION - 1), Err(HostProblem::TooOld));
        assert_eq!(HostProblem::from_version(PROTOCOL_VERSION), Ok(()));
        assert_eq!(HostProblem::from_version(PROTOCOL_VERSION + 1), Err(HostProblem::TooNew));
    }
}
