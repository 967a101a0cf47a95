//! The end of the process while some of its threads are still at cards.

/// What the end tells whoever started a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Exit {
    /// It was done.
    Done,
    /// It could not be done; why was told.
    NotDone,
    /// There is no such command.
    WrongUsage,
}

/// Ends the process at once, without the tidying up of C libraries: libpcsclite's destructor takes its list of
/// contexts away from under the threads that still use it, and three of 3,000 hosts crashed at their end. Nothing is
/// lost by that: the smart-card service lets go of what a process leaves behind.
pub fn end(status: i32) -> ! {
    #[cfg(unix)]
    signal_hook::low_level::exit(status);
    // Windows ends the other threads before it tells libraries.
    #[cfg(not(unix))]
    std::process::exit(status)
}
