//! What the card crate reports, in the words of the protocol.

use eimza_card::{LinkError, Refusal, UnblockError};
use eimza_protocol::Problem;

/// For a card that did not answer.
pub fn of_link(error: LinkError) -> Problem {
    match error {
        LinkError::Removed => Problem::CardRemoved,
        LinkError::Changed => Problem::CardChanged,
        LinkError::Silent => Problem::CardSilent,
        LinkError::ReaderGone => Problem::ReaderGone,
        LinkError::ServiceGone => Problem::NoService,
    }
}

/// For a card that is not one of ours.
pub fn of_refusal(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotAkis => Problem::NotAkis,
        Refusal::IdentityCard => Problem::IdentityCard,
        Refusal::NoApplication => Problem::NoApplication,
        Refusal::NoPuk => Problem::NoPuk,
        Refusal::Link(error) => of_link(error),
    }
}

/// For a card that stays locked.
pub fn of_unblock(error: UnblockError) -> Problem {
    match error {
        UnblockError::PukWrong(tries) => Problem::PukWrong { tries },
        UnblockError::PukBlocked => Problem::PukBlocked,
        UnblockError::PinRefused => Problem::PinRefused,
        UnblockError::NotOffered => Problem::UnlockUnsupported,
        UnblockError::Failed(status) => Problem::CardFailed { status: status.to_string() },
        UnblockError::Link(error) => of_link(error),
    }
}
