//! Programs of others that some commands need: built once into target/tools, in the version that is named here.

use crate::process::{run, say};
use anyhow::Result;
use std::process::Command;

/// A program on crates.io.
pub struct Tool {
    name: &'static str,
    version: &'static str,
    /// What of it is to be built beside its defaults.
    features: &'static str,
    purpose: &'static str,
}

/// Without debhelper.
pub const CARGO_DEB: Tool =
    Tool { name: "cargo-deb", version: "3.8.0", features: "", purpose: "writes the Debian package" };

/// CycloneDX.
pub const CARGO_CYCLONEDX: Tool = Tool {
    name: "cargo-cyclonedx",
    version: "0.5.9",
    features: "",
    purpose: "writes the bills of materials",
};

/// Reads licences where they lie.
pub const CARGO_ABOUT: Tool = Tool {
    name: "cargo-about",
    version: "0.9.1",
    features: "cli",
    purpose: "gathers the licences of what is handed out",
};

/// libFuzzer for Rust.
pub const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.2",
    features: "",
    purpose: "feeds programs with hostile input",
};

/// Reads the whole tree of dependencies.
pub const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    features: "",
    purpose: "looks at licences and sources of dependencies",
};

impl Tool {
    /// A command that runs it; it is installed where it is missing. Each version has a folder of its own, so that
    /// another one is noticed.
    pub fn command(&self) -> Result<Command> {
        let Self { name, version, features, purpose } = self;
        let folder = crate::workspace::root().join(format!("target/tools/{name}-{version}"));
        let program = folder.join("bin").join(name);
        if !program.exists() {
            say(format!("missing: {name} {version} ({purpose})"));
            let mut install = Command::new("cargo");
            install.args([
                "install",
                name,
                "--quiet",
                "--locked",
                "--version",
                version,
                "--features",
                features,
            ]);
            run(install.arg("--root").arg(folder))?;
        }
        Ok(Command::new(program))
    }
}
