//! A smart-card service of a test's own, which others do not see.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use super::ScriptedPinentry;
use std::process::{Command, Stdio};

/// The port of the reader's card side, other than that of the readers of the other tests.
const PORT: u16 = 35995;

/// Returns a command that starts a service with a reader of this name and a card in it, whose PIN is blocked, and then
/// runs a script for bash. The script can call `start_service` and `stop_service`.
pub fn with_own_service(reader: &str, script: &str, pinentry: &ScriptedPinentry) -> Command {
    let card = eimza_virtual_card::program("/dev/null".as_ref()).get_program().to_owned();
    let script = format!(
        r#"
        set -e
        start_service() {{
            rm -f /run/pcscd/*
            pcscd --foreground > /dev/null 2>&1 &
            service=$!
            until opensc-tool --list-readers | grep -q "{reader}"; do :; done
        }}
        stop_service() {{
            kill -KILL $service
            wait $service || true
        }}
        for folder in /run/pcscd /etc/reader.conf.d; do mount -t tmpfs tmpfs $folder; done
        cat > /etc/reader.conf.d/vpcd <<END
FRIENDLYNAME "{reader}"
DEVICENAME /dev/null:0x{PORT:X}
LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID 0x{PORT:X}
END
        # A reader may accept the connection of a card and lose it; the card is then inserted again.
        insert_card() {{
            for attempt in 1 2 3 4; do
                sleep 100 | {} --held --pin-tries 0 --port {PORT} > /dev/null 2>&1 &
                for i in 1 2 3 4 5 6 7 8 9 10; do
                    if opensc-tool --list-readers | grep -q Yes; then return; fi
                    sleep 0.15
                done
                kill $!
            done
            return 1
        }}
        start_service
        insert_card
        {script}
        "#,
        card.display()
    );
    let mut command = in_own_mounts(&script);
    command.env("PATH", format!("{}:/usr/sbin", pinentry.path())).stdin(Stdio::null());
    command
}

/// Returns a command that runs a script for bash with mounts of its own, and then ends what it left in the background.
///
/// It has no PID namespace: Wine's server would take the numbers of its processes for those of others, and end these.
pub fn in_own_mounts(script: &str) -> Command {
    let script = format!(
        "set -m # each job in the background is a group
        trap 'for job in $(jobs -p); do kill -KILL -- -$job; done' EXIT
        {script}"
    );
    let mut command = Command::new("unshare");
    command.args(["--mount", "timeout", "--kill-after=5", "60", "bash", "-c", &script]);
    command
}
