//! RESET RETRY COUNTER: sets a new PIN with the PUK (ISO 7816-4, section 7.5.10).

use crate::apdu::Command;
use crate::codes::{Codes, PIN, compare_first, ensure_not_empty};
use crate::reference_data::Code;
use crate::status_word::StatusWord;

impl Codes {
    /// Executes RESET RETRY COUNTER for the PIN, with PUK‖new PIN, or with the new PIN while the PUK is
    /// verified.
    pub(crate) fn unblock(&mut self, command: &Command<'_>) -> Result<(), StatusWord> {
        let forms = self.profile.unblock_forms;
        let combined = match command.p1 {
            0x00 if forms.has_combined() => true,
            0x02 if forms.has_two_steps() => false,
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
            ensure_not_empty(command.data)?;
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
    fn both_forms_unblock() {
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
        codes.end_verified_state();
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6982);
    }

    #[test]
    fn the_combined_form_does_not_verify_the_puk() {
        let mut codes = with_tries("akis-2x", 0, 3);
        send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321");
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"111111"), 0x6982);
    }

    #[test]
    fn a_wrong_puk_in_the_combined_form_uses_a_try() {
        let mut codes = with_tries("akis-2x", 0, 3);
        let answers = [(); 4].map(|()| send(&mut codes, UNBLOCK, 0x00, PIN, b"87654321654321"));
        assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, 0x6983]);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321"), 0x6983);
    }

    #[test]
    fn without_the_two_step_form_it_uses_no_try() {
        let mut codes = with_tries("akis-2x-combined", 0, 3);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x6A88);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6A86);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"00000000654321"), 0x63C2);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"12345678654321"), OK);
    }

    #[test]
    fn without_the_combined_form_it_uses_no_try() {
        let mut codes = with_tries("akis-2x-two-step", 0, 3);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"00000000654321"), 0x6A86);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x63C2);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"12345678"), OK);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), OK);
    }

    #[test]
    fn without_either_form_unblocking_uses_no_try() {
        let mut codes = with_tries("akis-2x-neither", 0, 3);
        assert_eq!(send(&mut codes, VERIFY, 0x00, PUK, b"00000000"), 0x6A88);
        assert_eq!(send(&mut codes, UNBLOCK, 0x02, PIN, b"654321"), 0x6A86);
        assert_eq!(send(&mut codes, UNBLOCK, 0x00, PIN, b"00000000654321"), 0x6A86);
        assert_eq!(send(&mut codes, CHANGE, 0x00, PUK, b"0000000012345678"), 0x63C2);
    }
}
