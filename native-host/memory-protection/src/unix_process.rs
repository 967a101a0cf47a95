//! Protects this process on Unix-like systems.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Forbids dumps of this process's memory, for the rest of its life; to be called before any thread starts.
///
/// - The size of core files is limited to zero. Programs that it starts inherit that, the prompt included.
/// - On Linux, the process is marked as not dumpable: it leaves no core even for a handler that ignores the
///   limit (`core(5)`), and other programs of the same user can neither attach to it nor read its memory
///   (`PR_SET_DUMPABLE`, `ptrace(2)`). A program that it starts resets the mark when it is executed
///   (`prctl(2)`).
pub fn forbid_dumps() {
    // Lowering a limit is always allowed, and so is the mark.
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        log::warn!("core files are not disabled: {error}");
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            log::warn!("memory dumps are not disabled: {error}");
        }
    }
}
