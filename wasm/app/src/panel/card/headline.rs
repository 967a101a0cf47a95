//! The state of a card in one sentence, with a sign and the one action that it calls for.

use eimza_protocol::{CardStatus, CodeState, LocalDateTime, Validity};

/// What can be said about a card. The first of several is the headline, so their order is that of their weight:
/// a certificate that cannot be used makes an unlock useless, whatever the codes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    /// The certificate ended at this time.
    Ended(LocalDateTime),
    /// PIN and PUK are blocked.
    CodesBlocked,
    /// The certificate begins at this time.
    Begins(LocalDateTime),
    /// The PIN is blocked, the PUK is not known to be.
    PinBlocked,
    /// The next wrong PIN blocks it.
    LastPinTry,
    /// The PUK is blocked, the PIN is not.
    PukBlocked,
    /// The PUK is blocked; whether the PIN is, the card does not say.
    PukBlockedPinUnknown,
    /// The certificate ends at this time, which is soon.
    EndsSoon(LocalDateTime),
    /// The card does not say whether the PIN is blocked.
    PinUnknown,
    /// The card shows no certificate for signing.
    NoCertificate,
    /// Nothing is to be done.
    Ready,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The card can be used.
    Well,
    /// The card can be used, but something should be done or minded.
    Warning,
    /// The card cannot be used as it is.
    Stopped,
}

/// What the user can do about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Start the renewal.
    Renew,
    /// Unlock the card with the PUK.
    Unlock,
    /// Set a new PIN because the old one is forgotten.
    ForgotPin,
    /// See what to do without a PUK.
    WithoutPuk,
    /// Read the card again.
    Refresh,
}

/// A message of the catalog and its arguments.
pub(super) type Sentence = (&'static str, Vec<(&'static str, String)>);

/// Returns what can be said about a card at a time, in seconds since 1970 (UTC); the headline first. There is
/// always one.
pub(super) fn findings(card: &CardStatus, now: u64) -> Vec<Finding> {
    let validity = card.certificates.first().map(|certificate| certificate.validity(now));
    let pin_blocked = card.pin == CodeState::Blocked;
    let puk_blocked = card.puk == CodeState::Blocked;
    let mut found = Vec::new();
    let mut add = |holds: bool, finding: Finding| {
        if holds {
            found.push(finding);
        }
    };
    if let Some(Validity::Expired(end)) = validity {
        add(true, Finding::Ended(end));
    }
    add(pin_blocked && puk_blocked, Finding::CodesBlocked);
    if let Some(Validity::NotYetValid(begin)) = validity {
        add(true, Finding::Begins(begin));
    }
    add(pin_blocked && !puk_blocked, Finding::PinBlocked);
    add(matches!(card.pin, CodeState::Usable { tries: Some(0..=1) }), Finding::LastPinTry);
    add(puk_blocked && matches!(card.pin, CodeState::Usable { .. }), Finding::PukBlocked);
    add(puk_blocked && card.pin == CodeState::Unknown, Finding::PukBlockedPinUnknown);
    if let Some(Validity::Valid(end)) = validity.filter(|validity| validity.is_renewal_due()) {
        add(true, Finding::EndsSoon(end));
    }
    add(card.pin == CodeState::Unknown && !puk_blocked, Finding::PinUnknown);
    add(validity.is_none(), Finding::NoCertificate);
    if found.is_empty() {
        found.push(Finding::Ready);
    }
    found
}

impl Finding {
    /// Returns how serious it is.
    pub(super) fn sign(self) -> Sign {
        match self {
            Self::Ended(_) | Self::CodesBlocked | Self::Begins(_) | Self::PinBlocked => Sign::Stopped,
            Self::LastPinTry
            | Self::PukBlocked
            | Self::PukBlockedPinUnknown
            | Self::EndsSoon(_)
            | Self::PinUnknown
            | Self::NoCertificate => Sign::Warning,
            Self::Ready => Sign::Well,
        }
    }

    /// Returns what to do about it. Never contradicts the sentence: where the certificate cannot be used, this is
    /// no unlock.
    pub(super) fn action(self) -> Action {
        match self {
            Self::Ended(_) | Self::EndsSoon(_) => Action::Renew,
            Self::PinBlocked | Self::PinUnknown => Action::Unlock,
            Self::LastPinTry => Action::ForgotPin,
            Self::CodesBlocked | Self::PukBlockedPinUnknown => Action::WithoutPuk,
            Self::Begins(_) | Self::PukBlocked | Self::NoCertificate | Self::Ready => Action::Refresh,
        }
    }

    /// Returns the sentence.
    pub(super) fn sentence(self) -> Sentence {
        match self {
            Self::Ended(end) => ("headline_ended", vec![("day", end.date())]),
            Self::CodesBlocked => ("headline_codes_blocked", Vec::new()),
            Self::Begins(begin) => match begin.days_from_today() {
                0 => ("headline_begins_today", vec![("time", begin.time())]),
                1 => ("headline_begins_tomorrow", vec![("time", begin.time())]),
                _ => ("headline_begins", vec![("day", begin.date()), ("time", begin.time())]),
            },
            Self::PinBlocked => ("headline_pin_blocked", Vec::new()),
            Self::LastPinTry => ("headline_last_try", Vec::new()),
            Self::PukBlocked => ("headline_puk_blocked", Vec::new()),
            Self::PukBlockedPinUnknown => ("headline_puk_blocked_pin_unknown", Vec::new()),
            Self::EndsSoon(end) => match end.days_from_today() {
                0 => ("headline_ends_today", vec![("time", end.time())]),
                1 => ("headline_ends_tomorrow", vec![("time", end.time())]),
                days => ("headline_ends_in", vec![("days", days.to_string()), ("day", end.date())]),
            },
            Self::PinUnknown => ("headline_pin_unknown", Vec::new()),
            Self::NoCertificate => ("headline_no_certificate", Vec::new()),
            Self::Ready => ("headline_ready", Vec::new()),
        }
    }

    /// Returns the key of what the sentence means for the user; none where it says everything.
    pub(super) fn explanation(self) -> Option<&'static str> {
        match self {
            Self::Ended(_) => Some("headline_ended_why"),
            Self::CodesBlocked => Some("headline_codes_blocked_why"),
            Self::Begins(_) => Some("headline_begins_why"),
            Self::PinBlocked => None,
            Self::LastPinTry => Some("headline_last_try_why"),
            Self::PukBlocked => Some("headline_puk_blocked_why"),
            Self::PukBlockedPinUnknown => Some("headline_puk_blocked_pin_unknown_why"),
            Self::EndsSoon(_) => Some("headline_ends_why"),
            Self::PinUnknown => Some("headline_pin_unknown_why"),
            Self::NoCertificate => Some("headline_no_certificate_why"),
            Self::Ready => Some("panel_not_blocked"),
        }
    }

    /// Returns whether an unlock is of no use: the certificate cannot be used anyway.
    pub(super) fn makes_unlock_useless(self) -> bool {
        matches!(self, Self::Ended(_) | Self::Begins(_))
    }

    /// Returns whether it is about the codes. The result of an operation that just succeeded says more about
    /// them than what was read before it.
    pub(super) fn is_about_codes(self) -> bool {
        match self {
            Self::CodesBlocked
            | Self::PinBlocked
            | Self::LastPinTry
            | Self::PukBlocked
            | Self::PukBlockedPinUnknown
            | Self::PinUnknown
            | Self::Ready => true,
            Self::Ended(_) | Self::Begins(_) | Self::EndsSoon(_) | Self::NoCertificate => false,
        }
    }
}

impl Action {
    /// Returns the id of its button and the key of its label.
    pub(super) fn button(self) -> (&'static str, &'static str) {
        match self {
            Self::Renew => ("renew", "panel_renew"),
            Self::Unlock => ("start-unlock", "panel_unlock"),
            Self::ForgotPin => ("forgotten", "panel_forgot"),
            Self::WithoutPuk => ("no-puk", "panel_without_puk"),
            Self::Refresh => ("refresh", "panel_refresh"),
        }
    }
}

#[cfg(test)]
mod tests;
