//! Operations with the codes of a card: querying the state, unblocking, changing.

use crate::iso7816::select::control_parameter;
use crate::operations::{
    ChangeFormat, change, change_on_pad, is_change_possible, is_unblock_possible, query_code_state, unblock,
    unblock_on_pad,
};
use crate::{
    Card, CodeError, CodeKind, CodeState, PadFeatures, Secret, StatusWord, Transport, TransportError,
};

impl Card {
    /// Returns the state of a code. Uses no try.
    ///
    /// # Errors
    /// If the card does not respond.
    pub fn code_state(
        &self,
        transport: &mut dyn Transport,
        code: CodeKind,
    ) -> Result<CodeState, TransportError> {
        let selected = self.application.select_directory_of(transport, self.code(code))?;
        if selected.status != StatusWord::Ok {
            return Ok(CodeState::Unknown);
        }
        self.state_in_current_directory(transport, code, &selected.data)
    }

    /// Returns the state of a code in the same transaction as [`Self::open`]. Usually the code's directory is
    /// still the current one, so SELECT is not necessary. Uses no try.
    ///
    /// # Errors
    /// If the card does not respond.
    pub fn code_state_after_open(
        &self,
        transport: &mut dyn Transport,
        code: CodeKind,
    ) -> Result<CodeState, TransportError> {
        let is_select_redundant = if self.family.empty_verify_is_free {
            self.application.is_current_directory_of(self.code(code))
        } else {
            // SELECT of the application has already returned everything, unless the code belongs to another
            // directory whose control information reports its tries.
            !self.select_reports_tries(code) || self.code(code).path.is_none()
        };
        if is_select_redundant {
            self.state_in_current_directory(transport, code, self.application.control_information())
        } else {
            self.code_state(transport, code)
        }
    }

    /// Returns the state of a code whose directory is the current one and has this control information.
    fn state_in_current_directory(
        &self,
        transport: &mut dyn Transport,
        code: CodeKind,
        control_information: &[u8],
    ) -> Result<CodeState, TransportError> {
        if self.family.empty_verify_is_free {
            return query_code_state(transport, self.code(code).reference);
        }
        // AKİS 1.0 reports the PIN's wrong entries in tag 90 (CERTAIN: OpenSC's driver).
        const WRONG_ENTRIES: u16 = 0x90;
        const LAST_TRY: u8 = 0x80;
        let flags = control_parameter(control_information, WRONG_ENTRIES)
            .and_then(<[u8]>::first)
            .filter(|_| self.select_reports_tries(code));
        Ok(match flags {
            Some(flags) if flags & LAST_TRY != 0 => CodeState::Usable(Some(1)),
            _ => CodeState::Unknown,
        })
    }

    /// Returns whether the response to SELECT reports wrong entries of a code.
    fn select_reports_tries(&self, code: CodeKind) -> bool {
        self.family.control_information_tells_tries && code == CodeKind::Pin
    }

    /// Unblocks the PIN.
    ///
    /// The codes must have passed the check of [`Self::code_format`]. `known` is the state of the PUK as
    /// shown to the user. The card must be the one that was opened: on the same handle and not reset since.
    ///
    /// # Errors
    /// See [`CodeError`]. Both codes are dropped in any case.
    pub fn unblock(
        &self,
        transport: &mut dyn Transport,
        known: CodeState,
        puk: Secret,
        new_pin: Secret,
    ) -> Result<(), CodeError> {
        self.select_and_compare_state(transport, CodeKind::Puk, known)?;
        let select_pin = |transport: &mut dyn Transport| self.select_pin(transport);
        unblock(transport, &self.application.codes, puk, new_pin, select_pin)
    }

    /// Unblocks the PIN with codes that the user types on the reader, under the same conditions as
    /// [`Self::unblock`].
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn unblock_on_pad(
        &self,
        transport: &mut dyn Transport,
        features: PadFeatures,
        known: CodeState,
    ) -> Result<(), CodeError> {
        self.select_and_compare_state(transport, CodeKind::Puk, known)?;
        let select_pin = |transport: &mut dyn Transport| self.select_pin(transport);
        unblock_on_pad(transport, features, &self.application.codes, select_pin)
    }

    /// Returns whether a reader with these features can take the codes of [`Self::unblock_on_pad`].
    #[must_use]
    pub fn can_unblock_on_pad(&self, features: PadFeatures) -> bool {
        is_unblock_possible(features, &self.application.codes)
    }

    fn select_pin(&self, transport: &mut dyn Transport) -> Result<StatusWord, TransportError> {
        Ok(self.application.select_directory_of(transport, &self.application.codes.pin)?.status)
    }

    /// Changes a code, under the same conditions as [`Self::unblock`].
    ///
    /// # Errors
    /// See [`CodeError`]. Both codes are dropped in any case.
    pub fn change(
        &self,
        transport: &mut dyn Transport,
        code: CodeKind,
        known: CodeState,
        old: Secret,
        new: Secret,
    ) -> Result<(), CodeError> {
        self.select_and_compare_state(transport, code, known)?;
        change(transport, self.change_format(), self.code(code), old, new)
    }

    /// Changes a code with codes that the user types on the reader, under the same conditions as
    /// [`Self::unblock`].
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn change_on_pad(
        &self,
        transport: &mut dyn Transport,
        features: PadFeatures,
        code: CodeKind,
        known: CodeState,
    ) -> Result<(), CodeError> {
        self.select_and_compare_state(transport, code, known)?;
        change_on_pad(transport, features, self.change_format(), self.code(code))
    }

    /// Returns whether a reader with these features can take the codes of [`Self::change_on_pad`].
    #[must_use]
    pub fn can_change_on_pad(&self, features: PadFeatures, code: CodeKind) -> bool {
        is_change_possible(features, self.change_format(), self.code(code))
    }

    fn change_format(&self) -> ChangeFormat {
        if self.family.change_has_lengths { ChangeFormat::WithLengths } else { ChangeFormat::Concatenated }
    }

    /// Selects a code's directory and ensures that no tries were used since its state was shown to the user.
    fn select_and_compare_state(
        &self,
        transport: &mut dyn Transport,
        code: CodeKind,
        known: CodeState,
    ) -> Result<(), CodeError> {
        let selected = self.application.select_directory_of(transport, self.code(code))?;
        if selected.status != StatusWord::Ok {
            return Err(CodeError::Failed(selected.status));
        }
        match (known, self.state_in_current_directory(transport, code, &selected.data)?) {
            (_, CodeState::Blocked) => Err(CodeError::Blocked),
            // The user agreed to continue with an unknown number of tries.
            (CodeState::Unknown | CodeState::Usable(None), _) => Ok(()),
            // Another program has verified the code, so no try was lost.
            (CodeState::Usable(Some(_)), CodeState::Usable(None)) => Ok(()),
            (CodeState::Usable(Some(shown)), CodeState::Usable(Some(left))) if left >= shown => Ok(()),
            _ => Err(CodeError::StateChanged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_transport::{ScriptedTransport, unhex};
    use alloc::format;

    const AKIS_2: &str = "3B9F978131FE4580655443D2210831C073F6218081055B";
    const VIRTUAL: &str = "3B9F978131FE4580655443534E4C31C073F62180810500";
    const ASSUMED_CODES: [(&str, &str); 3] = [
        ("00A404000CA000000063504B43532D313500", "9000"),
        ("00A40000025031 00", "6A82"),
        ("00A40200025031 00", "6A82"),
    ];

    #[test]
    fn does_not_query_families_that_may_count_an_empty_verify() {
        let mut transport = ScriptedTransport::new(&ASSUMED_CODES);
        let card = Card::open(&mut transport, &unhex(AKIS_2)).unwrap();
        assert_eq!(card.code_state_after_open(&mut transport, CodeKind::Pin), Ok(CodeState::Unknown));
        assert_eq!(card.code_state_after_open(&mut transport, CodeKind::Puk), Ok(CodeState::Unknown));
    }

    #[test]
    fn queries_families_that_answer_an_empty_verify() {
        for (answer, state) in [
            ("63C2", CodeState::Usable(Some(2))),
            ("63C0", CodeState::Blocked),
            ("6983", CodeState::Blocked),
            ("6984", CodeState::Blocked),
            ("9000", CodeState::Usable(None)),
            ("6985", CodeState::Unknown),
            ("6C08", CodeState::Unknown), // regression: was repeated with a length field
        ] {
            let mut lines = ASSUMED_CODES.to_vec();
            lines.push((ASSUMED_CODES[0].0, "9000"));
            lines.push(("00200081", answer));
            let mut transport = ScriptedTransport::new(&lines);
            let card = Card::open(&mut transport, &unhex(VIRTUAL)).unwrap();
            assert_eq!(card.code_state(&mut transport, CodeKind::Pin), Ok(state), "{answer}");
        }
    }

    #[test]
    fn selects_the_application_again_before_sending_the_puk() {
        let mut lines = ASSUMED_CODES.to_vec();
        lines.push(("00A404000CA000000063504B43532D313500", "6A82"));
        let mut transport = ScriptedTransport::new(&lines);
        let card = Card::open(&mut transport, &unhex(AKIS_2)).unwrap();
        let code = |text: &str| text.bytes().collect();
        let outcome = card.unblock(&mut transport, CodeState::Unknown, code("12345678"), code("654321"));
        assert_eq!(outcome, Err(CodeError::Failed(StatusWord::FileNotFound)));
    }

    /// Regression: another program used tries during the prompt, and the last one was used without consent.
    #[test]
    fn sends_no_code_if_fewer_tries_are_left_than_the_user_was_shown() {
        let mut lines = ASSUMED_CODES.to_vec();
        lines.extend([(ASSUMED_CODES[0].0, "9000"), ("00200082", "63C1")]);
        let mut transport = ScriptedTransport::new(&lines);
        let card = Card::open(&mut transport, &unhex(VIRTUAL)).unwrap();
        let code = |text: &str| text.bytes().collect();
        let known = CodeState::Usable(Some(3));
        let outcome = card.unblock(&mut transport, known, code("12345678"), code("654321"));
        assert_eq!(outcome, Err(CodeError::StateChanged));
    }

    #[test]
    fn accepts_at_least_the_tries_that_the_user_was_shown() {
        for (answer, expected) in [
            ("63C3", None),
            ("63C2", None),
            ("9000", None), // another program has just entered it
            ("63C1", Some(CodeError::StateChanged)),
            ("6985", Some(CodeError::StateChanged)),
            ("6983", Some(CodeError::Blocked)),
        ] {
            let mut lines = ASSUMED_CODES.to_vec();
            lines.extend([(ASSUMED_CODES[0].0, "9000"), ("00200082", answer)]);
            let mut transport = ScriptedTransport::new(&lines);
            let card = Card::open(&mut transport, &unhex(VIRTUAL)).unwrap();
            let result =
                card.select_and_compare_state(&mut transport, CodeKind::Puk, CodeState::Usable(Some(2)));
            assert_eq!(result.err(), expected, "{answer}");
        }
    }

    #[test]
    fn akis_1_reports_the_last_try_of_its_pin() {
        for (bits, state) in [
            ("80", CodeState::Usable(Some(1))),
            ("C0", CodeState::Usable(Some(1))),
            ("40", CodeState::Unknown),
            ("00", CodeState::Unknown),
        ] {
            let selected = format!("6F039001{bits}9000");
            let mut transport = ScriptedTransport::new(&[
                (ASSUMED_CODES[0].0, &selected),
                ASSUMED_CODES[1],
                ASSUMED_CODES[2],
            ]);
            let card = Card::open(&mut transport, &unhex(AKIS_1_0)).unwrap();
            assert_eq!(card.code_state_after_open(&mut transport, CodeKind::Pin), Ok(state), "{bits}");
            assert_eq!(
                card.code_state_after_open(&mut transport, CodeKind::Puk),
                Ok(CodeState::Unknown),
                "{bits}"
            );
        }
    }

    const AKIS_1_0: &str = "3BBA11008131FE4D55454B41452056312E30AE";
    const EMPTY_ODF: [(&str, &str); 3] = [
        (ASSUMED_CODES[0].0, "6F03900100 9000"),
        ("00A40000025031 00", "6A82"),
        ("00A40200025031 00", "6A82"),
    ];

    const PIN: &str = "3036300C0C0350494E030206C00401023003040101A121301F030203480A0101020104020108020110800200810401FF300604043F00";
    const PUK: &str = "303330090C0350554B030206C03003040102A121301F0302014A0A0101020104020108020110800200820401FF300604043F00";

    #[test]
    fn selects_the_directory_of_a_code_unless_it_is_the_current_one() {
        // The AODF in 5015 is the last file that is read.
        for (directory, select) in [("5015", None), ("3D00", Some(("00A40800023D00 00", "9000")))] {
            let objects = format!("{PIN}{directory}{PUK}{directory}6282");
            let mut lines = [
                (ASSUMED_CODES[0].0, "9000"),
                ("00A40000025031 00", "9000"),
                ("00B0000000", "A80A300804063F00501544016282"),
                ("00A4080004501544 0100", "9000"),
                ("00B0000000", &objects[..]),
            ]
            .to_vec();
            lines.extend(select);
            lines.push(("00200081", "63C2"));
            let mut transport = ScriptedTransport::new(&lines);
            let card = Card::open(&mut transport, &unhex(VIRTUAL)).unwrap();
            let state = card.code_state_after_open(&mut transport, CodeKind::Pin);
            assert_eq!(state, Ok(CodeState::Usable(Some(2))), "{directory}");
        }
        let mut lines = ASSUMED_CODES.to_vec();
        lines.extend([(ASSUMED_CODES[0].0, "9000"), ("00200081", "63C2")]);
        let mut transport = ScriptedTransport::new(&lines);
        let card = Card::open(&mut transport, &unhex(VIRTUAL)).unwrap();
        let state = card.code_state_after_open(&mut transport, CodeKind::Pin);
        assert_eq!(state, Ok(CodeState::Usable(Some(2))), "the current directory is unknown");
    }

    /// The tries of codes in another directory are those that its own control information reports.
    #[test]
    fn akis_1_reports_the_tries_of_a_pin_in_another_directory() {
        for (application, directory, state) in
            [("00", "80", CodeState::Usable(Some(1))), ("80", "00", CodeState::Unknown)]
        {
            let lines = [
                (ASSUMED_CODES[0].0, &format!("6F039001{application}9000")[..]),
                ("00A40000025031 00", "9000"),
                ("00B0000000", "A80A300804063F00501544016282"),
                ("00A4080004501544 0100", "9000"),
                ("00B0000000", &format!("{PIN}3D00{PUK}3D006282")),
                ("00A40800023D00 00", &format!("6F039001{directory}9000")),
            ];
            let mut transport = ScriptedTransport::new(&lines);
            let card = Card::open(&mut transport, &unhex(AKIS_1_0)).unwrap();
            assert_eq!(card.code_state_after_open(&mut transport, CodeKind::Pin), Ok(state), "{directory}");
            let puk = card.code_state_after_open(&mut transport, CodeKind::Puk);
            assert_eq!(puk, Ok(CodeState::Unknown), "{directory}");
        }
    }

    #[test]
    fn a_code_is_changed_in_the_format_of_the_cards_family() {
        let verify = ("0020008106 313233343536", "9000");
        for (atr, before, format) in [
            (AKIS_1_0, &[][..], "002402010E 06313233343536 06363534333231"),
            (AKIS_2, &[verify], "002400810C 313233343536 363534333231"),
        ] {
            for (status, expected) in [("9000", Ok(())), ("63C1", Err(CodeError::Wrong(Some(1))))] {
                let mut lines = EMPTY_ODF.to_vec();
                lines.push((ASSUMED_CODES[0].0, "9000"));
                lines.extend(before);
                lines.push((format, status));
                let mut transport = ScriptedTransport::new(&lines);
                let card = Card::open(&mut transport, &unhex(atr)).unwrap();
                let code = |text: &str| text.bytes().collect();
                let known = CodeState::Unknown;
                let outcome =
                    card.change(&mut transport, CodeKind::Pin, known, code("123456"), code("654321"));
                assert_eq!(outcome, expected, "{format} {status}");
            }
        }
    }

    #[test]
    fn unblocks_in_the_directories_of_the_codes() {
        let mut lines = ASSUMED_CODES.to_vec();
        lines.extend([
            (ASSUMED_CODES[0].0, "9000"),
            ("00200082 08 3132333435363738", "9000"),
            ("002C0281 06 363534333231", "9000"),
        ]);
        let mut transport = ScriptedTransport::new(&lines);
        let card = Card::open(&mut transport, &unhex(AKIS_2)).unwrap();
        let code = |text: &str| text.bytes().collect();
        assert_eq!(
            card.unblock(&mut transport, CodeState::Unknown, code("12345678"), code("654321")),
            Ok(())
        );
    }

    /// The user has agreed to enter the code although its tries are not known.
    #[test]
    fn sends_a_code_whose_tries_were_unknown_whatever_is_known_now() {
        for known in [CodeState::Unknown, CodeState::Usable(None)] {
            for answer in ["63C1", "63C3", "9000", "6985"] {
                let mut lines = ASSUMED_CODES.to_vec();
                lines.extend([(ASSUMED_CODES[0].0, "9000"), ("00200082", answer)]);
                let mut transport = ScriptedTransport::new(&lines);
                let card = Card::open(&mut transport, &unhex(VIRTUAL)).unwrap();
                let result = card.select_and_compare_state(&mut transport, CodeKind::Puk, known);
                assert_eq!(result, Ok(()), "{known:?} {answer}");
            }
        }
    }
}
