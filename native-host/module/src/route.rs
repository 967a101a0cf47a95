//! Finds the token of a card in the installed module.

use crate::conversation::Conversation;
use crate::helper_process::HelperProcess;
use crate::installed::installed_module;
use crate::message::{Expected, Token};
use crate::number::widened;
use crate::session::ModuleSession;
use cryptoki_sys::CKF_PROTECTED_AUTHENTICATION_PATH;
use eimza_session::{CardDescription, CardSession, HeldCard, ModuleRoute, ModuleToken};

/// The route over the installed module.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pkcs11Route;

impl ModuleRoute for Pkcs11Route {
    fn find(&self, card: &CardDescription) -> Option<Box<dyn ModuleToken>> {
        find_token(card, || {
            if !installed_module().is_trusted() {
                return None;
            }
            HelperProcess::start().inspect_err(|error| log::debug!("no helper: {error}")).ok()
        })
    }
}

/// Returns the token of a card in the module of the conversation that `start` begins. It begins none for a card
/// that no module can show.
pub(crate) fn find_token<C: Conversation + 'static>(
    card: &CardDescription,
    start: impl FnOnce() -> Option<C>,
) -> Option<Box<dyn ModuleToken>> {
    // A card without a certificate cannot be recognized, and may be an identity card.
    let certificate = card.certificates.first().filter(|_| !card.may_be_identity_card)?;
    let mut conversation = start()?;
    let found =
        conversation.find().inspect_err(|error| log::debug!("the module shows nothing: {error:?}")).ok()?;
    let expected = only_token_with(&found.tokens, |der| certificate.is_encoded_as(der))?;
    Some(Box::new(FoundToken { conversation, expected }))
}

/// Returns the token of a card, if exactly one token has its certificate and takes codes from programs.
pub(crate) fn only_token_with(tokens: &[Token], is_of_card: impl Fn(&[u8]) -> bool) -> Option<Expected> {
    let mut matching = tokens.iter().filter_map(|token| {
        let certificate = token.certificates.iter().find(|der| is_of_card(der))?;
        Some(Expected { slot: token.slot, flags: token.flags, certificate: certificate.clone() })
    });
    let only = matching.next().filter(|_| matching.next().is_none());
    // The reader of such a token asks for the codes itself, and would be cut off in the middle of an entry.
    only.filter(|token| token.flags & widened(CKF_PROTECTED_AUTHENTICATION_PATH) == 0)
}

struct FoundToken<C> {
    conversation: C,
    expected: Expected,
}

impl<C: Conversation + 'static> ModuleToken for FoundToken<C> {
    fn take_over(self: Box<Self>, card: Box<dyn HeldCard>) -> Box<dyn CardSession> {
        let Self { conversation, expected } = *self;
        Box::new(ModuleSession::new(conversation, expected, card))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(slot: u64, certificates: &[&[u8]]) -> Token {
        Token { slot, flags: 7, certificates: certificates.iter().map(|one| one.to_vec()).collect() }
    }

    fn found(tokens: &[Token]) -> Option<Expected> {
        only_token_with(tokens, |der| der == b"card")
    }

    #[test]
    fn token_is_recognized_by_the_certificate_among_others() {
        let tokens = [token(1, &[b"other"]), token(2, &[b"other", b"card"]), token(3, &[])];
        assert_eq!(found(&tokens), Some(Expected { slot: 2, flags: 7, certificate: b"card".to_vec() }));
    }

    #[test]
    fn no_token_is_chosen_among_two_or_without_the_certificate() {
        assert_eq!(found(&[token(1, &[b"card"]), token(2, &[b"card"])]), None);
        assert_eq!(found(&[token(1, &[b"other"]), token(2, &[])]), None);
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn no_token_is_chosen_whose_codes_are_entered_at_its_reader() {
        let pin_pad = Token { flags: widened(CKF_PROTECTED_AUTHENTICATION_PATH) | 7, ..token(1, &[b"card"]) };
        assert_eq!(found(std::slice::from_ref(&pin_pad)), None);
        assert_eq!(found(&[pin_pad, token(2, &[b"card"])]), None, "still two tokens");
    }
}
