//! RESET RETRY COUNTER (ISO 7816-4, section 7.5.10): the PUK lets a new PIN in.

use crate::apdu::Command;
use crate::codes::{Codes, PIN, compare_first, not_empty};
use crate::pins::Code;
use crate::status_word::StatusWord;

impl Codes {
    /// RESET RETRY COUNTER of the PIN: PUK‖new, or the new PIN alone while the PUK is verified.
    pub(crate) fn unblock(&mut self, command: &Command<'_>) -> Result<(), StatusWord> {
        let shapes = self.profile.unblock;
        let combined = match command.p1 {
            0x00 if shapes.combined() => true,
            0x02 if shapes.in_two_steps() => false,
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        };
        if command.p2 != PIN {
            return Err(StatusWord::REFERENCE_NOT_FOUND);
        }
        let new = if combined {
            compare_first(self.profile, &mut self.puk, command.data)?
        } else {
            if !self.puk.is_verified() {
                return Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED);
            }
            not_empty(command.data)?;
            Code::parse(command.data).ok_or(StatusWord::WRONG_DATA)?
        };
        self.pin.set(new);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::codes::samples::*;

    #[test]
    fn both_shapes_unblock() {
        let mut combined = with_tries("akis-2x", 0, 3);
        assert_eq!(send(&mut combined, UNBLOCK, 0x00, PIN, b"12345678654321"), OK);
        assert_eq!(verify_pin(&mut combined, b"654321"), OK);

        let mut steps = with_tries("akis-2x", 0, 3);
        assert_eq!(send(&mut steps, VERIFY, 0x00, PUK, b"12345678"), OK);
        assert_eq!(send(&mut steps, UNBLOCK, 0x02, PIN, b"654321"), OK);
        assert_eq!(verify_pin(&mut steps, b"654321"), OK);
    }

    #[test]
    fn the_second_step_needs_the_first() {
        let mut codes = with_tries("akis-2x", 0, 3);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6982);
        send(&mut codes, VERIFY, 0x00, PUK, b"12345678");
        codes.forget();
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6982);
    }

    #[test]
    fn a_puk_in_the_combined_shape_is_not_verified_for_later() {
        let mut codes = with_tries("akis-2x", 0, 3);
        send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321");
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"111111"), 0x6982);
    }

    #[test]
    fn a_wrong_puk_costs_a_try_in_the_combined_shape_too() {
        let mut codes = with_tries("akis-2x", 0, 3);
        let answers = [(); 4].map(|()| send(&mut codes, UNBLOCK, 0x00, PIN, b"87654321654321"));
        assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, 0x6983]);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321"), 0x6983);
    }

    #[test]
    fn a_card_with_only_the_combined_shape_refuses_the_other_for_free() {
        let mut codes = with_tries("akis-2x-combined", 0, 3);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x6A88);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6A86);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"00000000654321"), 0x63C2);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321"), OK);
    }

    #[test]
    fn a_card_with_only_the_two_step_shape_refuses_the_other_for_free() {
        let mut codes = with_tries("akis-2x-two-step", 0, 3);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"00000000654321"), 0x6A86);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x63C2);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"12345678"), OK);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), OK);
    }

    #[test]
    fn a_card_with_neither_shape_refuses_both_for_free() {
        let mut codes = with_tries("akis-2x-neither", 0, 3);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x6A88);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6A86);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"00000000654321"), 0x6A86);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PUK, b"0000000012345678"), 0x63C2);
    }
}
