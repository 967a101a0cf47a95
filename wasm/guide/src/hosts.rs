//! The hosts that the guide knows: `data/hosts.json`. It leads to no other.

use crate::location::Location;
use serde::Deserialize;
use std::sync::OnceLock;

/// A host.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its name, in lower case.
    pub name: String,
    /// Whether it is also met over plain http: then for information, never for anything typed.
    #[serde(default)]
    pub http: bool,
    /// Whether steps lead there while its pages are none of ours.
    #[serde(default)]
    pub link_only: bool,
    /// Locale key of the words on a link that leads there; none where no step does.
    #[serde(default)]
    pub link: Option<String>,
}

/// All known hosts.
pub fn hosts() -> &'static [Host] {
    static HOSTS: OnceLock<Vec<Host>> = OnceLock::new();
    HOSTS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/hosts"))))
}

/// The known host of a link; none for another host, a scheme that it is not met over, a port or
/// user name.
#[must_use]
pub fn host_of(link: &str) -> Option<&'static Host> {
    host_at(&Location::parse(link)?)
}

/// The known host of a location; none where the host is not met over that scheme.
pub(crate) fn host_at(location: &Location) -> Option<&'static Host> {
    hosts().iter().find(|host| host.name == location.host && (location.secure || host.http))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_known_by_its_host_and_scheme() {
        for known in ["https://portal.kamusm.gov.tr/bp/ws.go", "http://www.kamusm.gov.tr/"] {
            assert!(host_of(known).is_some(), "{known}");
        }
        for foreign in [
            "http://portal.kamusm.gov.tr/bp/ws.go",
            "https://nesbireysel.kamusal.gov.tr/nb.go",
            "https://portal.kamusm.gov.tr.example.org/",
            "https://portal.kamusm.gov.tr:444/",
            "javascript:alert(1)",
        ] {
            assert!(host_of(foreign).is_none(), "{foreign}");
        }
    }

    #[test]
    fn the_mistyped_host_of_the_guide_is_none_of_ours() {
        assert!(hosts().iter().all(|host| !host.name.contains("kamusal")));
        assert!(hosts().iter().all(|host| {
            host.name.ends_with("kamusm.gov.tr")
                || host.name == "kamusm.bilgem.tubitak.gov.tr"
                || host.link_only
        }));
    }
}
