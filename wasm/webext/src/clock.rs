//! The system clock.

/// Returns the current time in seconds since 1970 (UTC).
pub fn unix_time() -> u64 {
    // Date.now() returns milliseconds as a float. It is positive today and exact for whole seconds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the current time fits")]
    let seconds = (js_sys::Date::now() / 1000.0) as u64;
    seconds
}
