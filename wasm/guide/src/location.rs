//! Host and path of a URL.
//!
//! The crate `url` is not used: it would add 200 KB of tables for international host names, which no known
//! page has.

/// The parts of a URL that identify a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Location<'a> {
    /// Whether the scheme is `https` rather than `http`.
    pub secure: bool,
    /// In lower case, without port.
    pub host: String,
    /// Without query, fragment, `;jsessionid` and final slash.
    pub path: &'a str,
}

impl<'a> Location<'a> {
    /// Parses a URL; none for anything but a plain `https://host/path` or `http://host/path` on the default
    /// port.
    pub(crate) fn parse(url: &'a str) -> Option<Self> {
        let secured = url.strip_prefix("https://");
        let (secure, port) = if secured.is_some() { (true, ":443") } else { (false, ":80") };
        let rest = secured.or_else(|| url.strip_prefix("http://"))?;
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = host.strip_suffix(port).unwrap_or(host);
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
        if host.is_empty() || !host.chars().all(plain) {
            return None; // a user name, another port, an address in brackets
        }
        let path = path.split(['?', '#', ';']).next().unwrap_or_default();
        Some(Self { secure, host: host.to_ascii_lowercase(), path: path.trim_end_matches('/') })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> Option<(String, &str)> {
        Location::parse(url).map(|location| (location.host, location.path))
    }

    #[test]
    fn omits_query_fragment_session_id_and_port() {
        for url in [
            "https://portal.kamusm.gov.tr/bp/ws.go",
            "https://PORTAL.kamusm.gov.tr:443/bp/ws.go",
            "https://portal.kamusm.gov.tr/bp/ws.go;jsessionid=1A2B?x=1#top",
            "https://portal.kamusm.gov.tr/bp/ws.go/",
        ] {
            assert_eq!(parts(url), Some(("portal.kamusm.gov.tr".to_owned(), "/bp/ws.go")), "{url}");
        }
    }

    #[test]
    fn distinguishes_http_and_https() {
        assert!(!Location::parse("http://www.kamusm.gov.tr:80/SSS/").unwrap().secure);
        assert!(Location::parse("https://www.kamusm.gov.tr/SSS/").unwrap().secure);
    }

    #[test]
    fn rejects_other_schemes_ports_and_disguised_hosts() {
        for url in [
            "ftp://portal.kamusm.gov.tr/",
            "https://portal.kamusm.gov.tr:8443/",
            "http://www.kamusm.gov.tr:443/",
            "https://portal.kamusm.gov.tr@example.org/",
            "https://[::1]/",
            "https:///bp/ws.go",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(parts(url), None, "{url}");
        }
    }
}
