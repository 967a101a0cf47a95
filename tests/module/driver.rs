//! A module of the card's maker, as it is installed: mounted at its built-in path, in a mount namespace of the
//! host that is tested.

#![allow(dead_code, reason = "the fault matrix uses a part of it")]

use crate::support::{HOST, ScriptedPinentry, opensc};
use serde_json::Value;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The codes of all cards and tokens.
pub const PUK: &str = "12345678";
pub const PIN: &str = "123456";
pub const NEW_PIN: &str = "739164";

const SOFTHSM: &str = "/usr/lib/softhsm/libsofthsm2.so";
const OPENSC: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

/// The folder that is mounted over `/usr/local/lib`, and those over folders of `/etc`.
pub struct Driver {
    folder: TempDir,
    mounts: Vec<(&'static str, &'static str)>,
}

impl Driver {
    /// Installs this library as the module.
    fn install(library: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["lib", "softhsm", "opensc", "tokens"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o755)).unwrap();
        }
        let driver = Self { folder, mounts: vec![("lib", "/usr/local/lib")] };
        fs::copy(library, driver.library()).unwrap();
        fs::set_permissions(driver.library(), Permissions::from_mode(0o644)).unwrap();
        driver
    }

    /// Installs the module that misbehaves on order; it has the card's codes.
    pub fn misbehaving(settings: &str) -> Self {
        let library = Path::new(HOST).with_file_name("libeimza_test_module.so");
        let driver = Self::install(&library);
        driver.write("akisp11.pin", PIN.as_bytes());
        driver.write("akisp11.puk", PUK.as_bytes());
        driver.configure(settings);
        driver
    }

    /// The same, showing the card that is in the reader.
    pub fn showing_card(settings: &str) -> Self {
        let driver = Self::misbehaving(&format!("token card.der\n{settings}"));
        driver.write("card.der", &card_certificate());
        driver
    }

    /// Installs SoftHSM with a token that has the certificate of the card in the reader.
    pub fn softhsm() -> Self {
        let mut driver = Self::install(Path::new(SOFTHSM));
        driver.mounts.push(("softhsm", "/etc/softhsm"));
        let tokens = driver.path("tokens");
        let configuration =
            format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display());
        driver.write_at("softhsm/softhsm2.conf", configuration.as_bytes());
        driver.write("card.der", &card_certificate());
        let certificate = driver.path("lib/card.der");
        let tool = |program: &str, arguments: &[&str]| {
            let output = driver.tool(program, arguments);
            assert!(output.status.success(), "{program}: {output:?}");
        };
        tool("softhsm2-util", &["--init-token", "--free", "--label", "card", "--so-pin", PUK, "--pin", PIN]);
        let write = ["--module", SOFTHSM, "--login", "--pin", PIN, "--type", "cert", "--id", "45"];
        tool("pkcs11-tool", &[&write[..], &["--write-object", certificate.to_str().unwrap()]].concat());
        driver
    }

    /// Installs OpenSC's module, which unblocks the virtual card in the session of the security officer.
    pub fn opensc() -> Self {
        let mut driver = Self::install(Path::new(OPENSC));
        driver.mounts.push(("opensc", "/etc/opensc"));
        driver.write_at(
            "opensc/opensc.conf",
            b"app default {
                card_drivers = default;
                enable_default_driver = true;
                framework pkcs15 { use_file_caching = no; }
            }
            app opensc-pkcs11 { pkcs11 { user_pin_unblock_style = init_pin_in_so_session; } }",
        );
        driver
    }

    /// Installs the module in this process's own mount namespace, until the result is dropped.
    pub fn install_here(self) -> InstalledDriver {
        for (from, to) in &self.mounts {
            fs::create_dir_all(to).unwrap();
            let mounted = Command::new("mount").arg("--bind").arg(self.path(from)).arg(to).status();
            assert!(mounted.unwrap().success(), "{to}");
        }
        InstalledDriver(self)
    }

    /// Returns a path below the folder of this driver.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the path of the module, as others see it.
    pub fn library(&self) -> PathBuf {
        self.path("lib/libakisp11.so")
    }

    fn write_at(&self, name: &str, content: &[u8]) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Writes a file beside the module.
    pub fn write(&self, name: &str, content: &[u8]) {
        self.write_at(&format!("lib/{name}"), content);
    }

    /// Sets the settings of the misbehaving module, which takes them with its next call.
    pub fn configure(&self, settings: &str) {
        // Replaced as a whole: a paused call reads it at any time.
        self.write("akisp11.conf.new", settings.as_bytes());
        fs::rename(self.path("lib/akisp11.conf.new"), self.path("lib/akisp11.conf")).unwrap();
    }

    /// Returns the calls that the misbehaving module received, without their processes.
    pub fn calls(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("lib/akisp11.log")).unwrap_or_default();
        log.lines().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect()
    }

    /// Returns how often a call was received.
    pub fn count(&self, call: &str) -> usize {
        self.calls().iter().filter(|line| line.split(' ').next() == Some(call)).count()
    }

    /// Returns the calls with codes.
    pub fn calls_with_codes(&self) -> Vec<String> {
        let with_codes = ["C_Login", "C_InitPIN", "C_SetPIN"];
        self.calls().into_iter().filter(|line| with_codes.iter().any(|call| line.starts_with(call))).collect()
    }

    /// Returns the process of the last call.
    pub fn process(&self) -> Option<u32> {
        let log = fs::read_to_string(self.path("lib/akisp11.log")).ok()?;
        log.lines().last()?.split_once(' ')?.0.parse().ok()
    }

    /// Returns the tries left of the PUK of the misbehaving module.
    pub fn tries(&self) -> u8 {
        fs::read_to_string(self.path("lib/akisp11.tries")).map_or(3, |tries| tries.parse().unwrap())
    }

    /// Returns the PIN of the misbehaving module.
    pub fn pin(&self) -> String {
        fs::read_to_string(self.path("lib/akisp11.pin")).unwrap()
    }

    /// Runs a program with SoftHSM's configuration.
    pub fn tool(&self, program: &str, arguments: &[&str]) -> Output {
        let configuration = self.path("softhsm/softhsm2.conf");
        Command::new(program).args(arguments).env("SOFTHSM2_CONF", configuration).output().unwrap()
    }

    /// Returns whether SoftHSM's token accepts a PIN, according to pkcs11-tool.
    pub fn softhsm_accepts_pin(&self, pin: &str) -> bool {
        let arguments = ["--module", SOFTHSM, "--login", "--pin", pin, "--list-objects"];
        self.tool("pkcs11-tool", &arguments).status.success()
    }

    /// Returns whether SoftHSM's token accepts a PUK, according to pkcs11-tool, which sets the PIN with it.
    pub fn softhsm_accepts_puk(&self, puk: &str) -> bool {
        let login = ["--module", SOFTHSM, "--login", "--login-type", "so", "--so-pin", puk];
        let arguments = [&login[..], &["--init-pin", "--new-pin", NEW_PIN]].concat();
        self.tool("pkcs11-tool", &arguments).status.success()
    }

    /// Returns a command that runs the host where the module is installed.
    pub fn host(&self, arguments: &[&str]) -> Command {
        self.host_under(&[], arguments)
    }

    /// The same with a program that starts the host with other rights.
    pub fn host_under(&self, program: &[&str], arguments: &[&str]) -> Command {
        let mounts: String = self
            .mounts
            .iter()
            .map(|(from, to)| format!("mkdir -p {to} && mount --bind {} {to} && ", self.path(from).display()))
            .collect();
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &format!("{mounts}exec \"$@\""), "sh"]);
        command.args(program).arg(HOST).args(arguments);
        command
    }

    /// Runs an operation, such as `["unlock"]`, with this pinentry.
    pub fn operate(&self, arguments: &[&str], pinentry: &ScriptedPinentry) -> Value {
        let mut command = self.host(arguments);
        let output =
            command.arg("--json").env("PATH", pinentry.path()).stderr(Stdio::inherit()).output().unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)))
    }

    /// Unlocks the only card.
    pub fn unlock(&self, pinentry: &ScriptedPinentry) -> Value {
        self.operate(&["unlock"], pinentry)
    }
}

/// A module that is installed in this process's mount namespace.
pub struct InstalledDriver(Driver);

impl Drop for InstalledDriver {
    fn drop(&mut self) {
        for (_, to) in &self.0.mounts {
            let _ = Command::new("umount").arg(to).status();
        }
    }
}

/// Returns the certificate of the card in the reader, as OpenSC reads it.
pub fn card_certificate() -> Vec<u8> {
    let pem = opensc(&["--read-certificate", "45"]);
    assert!(pem.status.success(), "{pem:?}");
    der(&pem.stdout)
}

/// Converts a certificate from PEM (RFC 7468) to DER.
fn der(pem: &[u8]) -> Vec<u8> {
    let script = r"sed '/^-----END/q' | grep -v '^-----' | base64 --decode";
    let mut child =
        Command::new("sh").args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(pem).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && !output.stdout.is_empty(), "{}", String::from_utf8_lossy(pem));
    output.stdout
}
