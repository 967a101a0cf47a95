//! The known hosts: `data/hosts.json`. Links lead to no other.

use crate::location::Location;
use serde::Deserialize;
use std::sync::OnceLock;

/// A host.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its name, in lower case.
    pub name: String,
    /// Whether it is also used over plain http. Such pages only inform; nothing is typed there.
    #[serde(default)]
    pub http: bool,
    /// Whether steps link to it although none of its pages is known.
    #[serde(default)]
    pub link_only: bool,
    /// Message key of the text of links to it; none where no step links to it.
    #[serde(default)]
    pub link: Option<String>,
}

/// Returns all known hosts.
pub fn hosts() -> &'static [Host] {
    static HOSTS: OnceLock<Vec<Host>> = OnceLock::new();
    HOSTS.get_or_init(|| eimza_packed::read(include_bytes!(concat!(env!("OUT_DIR"), "/hosts"))))
}

/// Returns the known host of a URL; none for an unknown host, an unexpected scheme, a port or a user name.
#[must_use]
pub fn host_of(link: &str) -> Option<&'static Host> {
    host_at(&Location::parse(link)?)
}

/// Returns the known host of a location; none where the host does not use its scheme.
pub(crate) fn host_at(location: &Location) -> Option<&'static Host> {
    hosts().iter().find(|host| host.name == location.host && (location.secure || host.http))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_links_by_host_and_scheme() {
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
    fn does_not_contain_the_mistyped_host_of_the_guide() {
        assert!(hosts().iter().all(|host| !host.name.contains("kamusal")));
        assert!(hosts().iter().all(|host| {
            host.name.ends_with("kamusm.gov.tr")
                || host.name == "kamusm.bilgem.tubitak.gov.tr"
                || host.link_only
        }));
    }
}
