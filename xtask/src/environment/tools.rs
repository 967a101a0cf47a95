//! Third-party programs from crates.io, built once into target/tools, in the versions given here.

use crate::process::{print_line, run};
use anyhow::Result;
use std::process::Command;

/// A program on crates.io.
pub struct Tool {
    name: &'static str,
    version: &'static str,
    /// Features besides the default ones.
    features: &'static str,
    /// Environment variables for building it: cargo's overrides of the release profile.
    profile: &'static [(&'static str, &'static str)],
    purpose: &'static str,
}

/// Writes the Debian package without debhelper.
pub const CARGO_DEB: Tool = Tool {
    name: "cargo-deb",
    version: "3.8.0",
    features: "",
    profile: &[],
    purpose: "writes the Debian package",
};

/// Writes bills of materials in the CycloneDX format.
pub const CARGO_CYCLONEDX: Tool = Tool {
    name: "cargo-cyclonedx",
    version: "0.5.9",
    features: "",
    profile: &[],
    purpose: "writes the bills of materials",
};

/// Collects licence texts from the sources of dependencies.
pub const CARGO_ABOUT: Tool = Tool {
    name: "cargo-about",
    version: "0.9.1",
    features: "cli",
    profile: &[],
    purpose: "collects the licences of the packaged dependencies",
};

/// Runs fuzz targets with libFuzzer.
pub const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.2",
    features: "",
    profile: &[],
    purpose: "feeds programs with hostile input",
};

/// Checks the whole dependency tree against deny.toml.
pub const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    features: "",
    profile: &[],
    purpose: "checks licences and sources of dependencies",
};

/// Tests tests: changes the code and runs them.
pub const CARGO_MUTANTS: Tool = Tool {
    name: "cargo-mutants",
    version: "26.2.0",
    features: "",
    profile: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")],
    purpose: "changes the code to test the tests",
};

/// Resolves the imports of a crate's modules.
pub const CARGO_MODULES: Tool = Tool {
    name: "cargo-modules",
    version: "0.27.0", // the newest that Rust 1.95 builds
    features: "",
    profile: &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")],
    purpose: "finds import cycles between modules",
};

impl Tool {
    /// Returns a command that runs the tool, and installs it if it is missing. Each version has a folder of
    /// its own, so that a new version is installed.
    pub fn command(&self) -> Result<Command> {
        let Self { name, version, features, profile, purpose } = self;
        let folder = crate::workspace::root().join(format!("target/tools/{name}-{version}"));
        let program = folder.join("bin").join(name);
        if !program.exists() {
            print_line(format!("missing: {name} {version} ({purpose})"));
            let mut install = Command::new("cargo");
            install.args(["install", name, "--quiet", "--locked", "--version", version]);
            install.args(["--features", features, "--root"]).arg(folder).envs(profile.iter().copied());
            run(&mut install)?;
        }
        Ok(Command::new(program))
    }
}
