//! Exits the process while threads may still be inside PC/SC calls.

use eimza_prompt::Cancellation;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum ExitStatus {
    /// The command succeeded.
    Success,
    /// The command failed, with the reason on its output.
    Failure,
    /// The command line is invalid.
    UsageError,
}

/// The conventional exit status after SIGINT: 128 + 2.
const INTERRUPTED: i32 = 130;

/// Exits immediately, without the destructors of C libraries: that of libpcsclite frees its list of contexts
/// while other threads still use it, which crashed three of 3,000 hosts on exit. The smart-card service
/// releases the resources of a process that has exited.
pub fn exit_process(status: i32) -> ! {
    #[cfg(unix)]
    signal_hook::low_level::exit(status);
    // Windows ends the other threads before it calls destructors of libraries.
    #[cfg(not(unix))]
    std::process::exit(status)
}

/// Cancels the operation and exits on a termination signal; otherwise the prompt would stay open.
pub fn exit_on_signals(cancellation: &Cancellation) {
    let cancellation = cancellation.clone();
    // Fails if a handler is installed already, which does the same.
    let _ = ctrlc::set_handler(move || {
        cancellation.cancel();
        exit_process(INTERRUPTED);
    });
}
