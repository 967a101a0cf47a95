//! A WinSCard that passes every call on to that of the system, and fails on order.
//!
//! It is put into the folder of a program, and configured by files there:
//!
//! - `faults`, which the test writes: a line for each fault, such as `SCardTransmit 7 before 80100068`. The seventh
//!   call returns this code. `before`: without being passed on. `after`: it is passed on first, and its result is
//!   lost. `from`: like `before`, and so do all calls of the function that follow.
//! - `calls`, which the test reads: a line for each call, in order, such as `SCardTransmit 7 00A4080C 00000000 passed`:
//!   the function, the number of the call, a detail (of a command its header, with a `+` if it has data; what is to
//!   happen to the card), the code that the program got, and `passed`, `failed` or `lost`. Never a code of the user.

#[cfg(windows)]
mod calls;
#[cfg(windows)]
mod functions;
#[cfg(windows)]
mod system_library;
