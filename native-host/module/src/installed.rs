//! The module that is installed, at one of the built-in paths.
//!
//! The paths are those at which the maker installs it. No message, argument or variable names another one.

use eimza_path_trust::{PathFault, TrustedOwners};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where the maker of AKİS installs its module (LIKELY: package lists and manuals of AKİA).
#[cfg(target_os = "macos")]
const PATHS: &[&str] = &["/usr/local/lib/libakisp11.dylib"];
#[cfg(all(unix, not(target_os = "macos")))]
const PATHS: &[&str] = &[
    "/usr/lib/libakisp11.so",
    "/usr/lib/x86_64-linux-gnu/libakisp11.so",
    "/usr/lib64/libakisp11.so",
    "/usr/local/lib/libakisp11.so",
    "/opt/Akia/libakisp11.so",
];
#[cfg(windows)]
const NAME: &str = "akisp11.dll";

/// What is at the built-in paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstalledModule {
    /// No module.
    Missing,
    /// A module that only the administrator can change, at this real path.
    Trusted(PathBuf),
    /// A module that somebody else can change: this part of its path. It is not loaded.
    Untrusted(PathBuf),
}

impl InstalledModule {
    /// Returns whether there is one that may be loaded.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        matches!(self, Self::Trusted(_))
    }
}

/// Looks for a module. The first trusted one counts; the file is examined, and not opened.
#[must_use]
pub fn installed_module() -> InstalledModule {
    #[cfg(unix)]
    let paths = PATHS.iter().map(PathBuf::from);
    #[cfg(windows)]
    let paths = crate::process::system_folder().into_iter().map(|folder| folder.join(NAME));
    let owners = trusted_owners();
    first_trusted(paths, |path| owners.real_file(path))
}

/// Returns the owners who may own a module. Under Wine, which has no administrator, tests add the user who runs them.
fn trusted_owners() -> TrustedOwners {
    #[cfg(all(windows, feature = "test-owners"))]
    return TrustedOwners::in_tests();
    #[cfg(not(all(windows, feature = "test-owners")))]
    TrustedOwners::administrator()
}

fn first_trusted(
    paths: impl IntoIterator<Item = PathBuf>,
    check: impl Fn(&Path) -> Result<PathBuf, PathFault>,
) -> InstalledModule {
    let mut result = InstalledModule::Missing;
    for path in paths {
        match check(&path) {
            Ok(path) => return InstalledModule::Trusted(path),
            Err(PathFault::Failed(_, ErrorKind::NotFound | ErrorKind::NotADirectory)) => {}
            // A folder that others can change matters only if there is something in it.
            Err(_) if !path.exists() => {}
            Err(fault) if result == InstalledModule::Missing => {
                result = InstalledModule::Untrusted(fault.path().to_owned());
            }
            Err(_) => {}
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is found where these paths exist, with the result of their check.
    fn found(results: &[(&str, Result<&str, PathFault>)]) -> InstalledModule {
        let check = |path: &Path| {
            let (_, result) = results.iter().find(|(name, _)| Path::new(name) == path).unwrap();
            result.clone().map(PathBuf::from)
        };
        first_trusted(results.iter().map(|(path, _)| path.into()), check)
    }

    fn missing() -> Result<&'static str, PathFault> {
        Err(PathFault::Failed("/x".into(), ErrorKind::NotFound))
    }

    fn denied(part: &str) -> Result<&'static str, PathFault> {
        Err(PathFault::Unsafe(part.into()))
    }

    #[test]
    fn first_trusted_module_counts() {
        // Paths that exist on every computer, as the check of a path that exists decides.
        assert_eq!(found(&[("/a", missing()), ("/b", missing())]), InstalledModule::Missing);
        let trusted = InstalledModule::Trusted("/real".into());
        assert_eq!(found(&[("/a", missing()), ("/b", Ok("/real")), ("/c", Ok("/other"))]), trusted);
        assert_eq!(found(&[(".", denied("/part")), ("/b", Ok("/real"))]), trusted);
    }

    #[test]
    fn untrusted_module_is_reported_unless_a_trusted_one_follows() {
        let untrusted = InstalledModule::Untrusted("/part".into());
        assert_eq!(found(&[("/a", missing()), (".", denied("/part")), (".", denied("/part"))]), untrusted);
        let in_order = [(".", denied("/first")), ("..", denied("/second"))];
        assert_eq!(found(&in_order), InstalledModule::Untrusted("/first".into()));
        assert!(!untrusted.is_trusted() && InstalledModule::Trusted("/a".into()).is_trusted());
        let unreadable = Err(PathFault::Failed("/part".into(), ErrorKind::PermissionDenied));
        assert_eq!(found(&[(".", unreadable)]), untrusted);
    }

    #[test]
    fn unsafe_folder_without_a_module_is_no_module() {
        assert_eq!(found(&[("/no/such/file", denied("/no"))]), InstalledModule::Missing);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn paths_are_those_of_the_maker() {
        assert!(PATHS.iter().all(|path| path.ends_with("/libakisp11.so")));
        assert_eq!(PATHS.len(), 5);
    }
}
