//! The calls that the program made, as `tests/faulty-winscard` records them.

use std::fmt;

/// When a call is made, as the user sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Before codes are asked for.
    Reading,
    /// In the transaction with the codes, up to the last of them; with a module, after the card was read.
    Sending,
    /// Later.
    Ending,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub function: String,
    /// Which call of the function, counted from 1.
    pub number: u32,
    /// Of a command its header, and a `+` if it has data; what is to happen to the card, as winscard.h has it.
    pub detail: String,
    /// The code that the program got.
    pub code: u32,
    /// Whether the call failed on order.
    pub is_faulty: bool,
    /// Whether it had its effect.
    has_worked: bool,
    pub phase: Phase,
}

impl Call {
    /// Returns whether the call sends a code.
    pub fn carries_code(&self) -> bool {
        self.function == "SCardTransmit"
            && self.detail.ends_with('+')
            && matches!(self.detail.get(2..4), Some("20" | "24" | "2C"))
    }

    /// Returns whether it has reset the card.
    pub fn has_reset_the_card(&self) -> bool {
        /// `SCARD_RESET_CARD` in winscard.h.
        const RESET: &str = "1";

        let can_reset = ["SCardReconnect", "SCardEndTransaction", "SCardDisconnect"];
        self.has_worked && self.detail == RESET && can_reset.contains(&self.function.as_str())
    }

    /// Returns what tells a command from others in which the program may take the same fault otherwise: the instruction,
    /// and the whole header if it carries a code.
    pub fn instruction(&self) -> &str {
        match self.function.as_str() {
            "SCardTransmit" if self.carries_code() => &self.detail,
            "SCardTransmit" => self.detail.get(2..4).unwrap_or_default(),
            _ => "",
        }
    }

    /// Returns the calls of a log.
    pub fn read(log: &str) -> Vec<Self> {
        let mut calls: Vec<_> = log.lines().map(Self::parse).collect();
        let Some((sending, ending)) = phases(&calls) else { return calls };
        for (index, call) in calls.iter_mut().enumerate().skip(sending) {
            call.phase = if index < ending { Phase::Sending } else { Phase::Ending };
        }
        calls
    }

    fn parse(line: &str) -> Self {
        let words: Vec<_> = line.split(' ').collect();
        let [function, number, detail, code, what] = words[..] else { panic!("no call: {line}") };
        Self {
            function: function.to_owned(),
            number: number.parse().unwrap(),
            detail: detail.to_owned(),
            code: u32::from_str_radix(code, 16).unwrap(),
            is_faulty: what != "passed",
            has_worked: what == "lost" || what == "passed" && u32::from_str_radix(code, 16) == Ok(0),
            phase: Phase::Reading,
        }
    }
}

/// Returns where the phases after the first one begin, if codes are sent.
fn phases(calls: &[Call]) -> Option<(usize, usize)> {
    let last_before = |index: usize, function: &str| {
        calls[..index].iter().rposition(|call| call.function == function).expect("a call before")
    };
    if let Some(first) = calls.iter().position(Call::carries_code) {
        let last = calls.iter().rposition(Call::carries_code)?;
        return Some((last_before(first, "SCardBeginTransaction"), last + 1));
    }
    // A module sends them by other calls, after which the card is reset.
    let reset = calls.iter().position(|call| call.function == "SCardReconnect")?;
    Some((last_before(reset, "SCardEndTransaction") + 1, reset))
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Reading => "reading",
            Self::Sending => "sending",
            Self::Ending => "ending",
        })
    }
}
