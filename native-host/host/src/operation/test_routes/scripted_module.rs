//! A PKCS#11 module over a virtual card in memory, which fails on order and records its calls.

use super::shared_card::{CardState, SharedCard};
use super::test_route::{CardEvent, Fault, SentCodes, SentOutcome, TestModule, TestToken};
use eimza_card::TransportError;
use eimza_module::in_process::cryptoki_sys::*;
use eimza_module::in_process::{Code, Failure, Module};
use eimza_session::Certificate;
use eimza_virtual_card::{ChangeFormat, SelectMode, UnblockForms};
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

/// The references of the codes, as in the PIN objects of the virtual card.
const PIN: u8 = 0x81;
const PUK: u8 = 0x82;

/// What a module may return beside `CKR_OK`.
const FAILURES: [CK_RV; 12] = [
    CKR_PIN_INCORRECT,
    CKR_PIN_LOCKED,
    CKR_PIN_INVALID,
    CKR_PIN_LEN_RANGE,
    CKR_FUNCTION_NOT_SUPPORTED,
    CKR_USER_TYPE_INVALID,
    CKR_GENERAL_ERROR,
    CKR_FUNCTION_FAILED,
    CKR_DEVICE_REMOVED,
    CKR_TOKEN_NOT_PRESENT,
    CKR_SESSION_READ_ONLY_EXISTS,
    CKR_USER_ALREADY_LOGGED_IN,
];

/// The handle of the session with the token in slot 0; those of the others follow.
const FIRST_SESSION: CK_SESSION_HANDLE = 10;

/// A module over a virtual card.
pub struct ScriptedModule {
    card: SharedCard,
    settings: TestModule,
    /// The certificates of the card and of another one (DER).
    certificates: [Vec<u8>; 2],
    /// The PUK with which the security officer has logged in.
    officer: Mutex<Option<Vec<u8>>>,
}

impl ScriptedModule {
    pub fn new(card: SharedCard, settings: TestModule, certificate: Option<&Certificate>) -> Self {
        let own = certificate.map(|certificate| with_signature(certificate.encoded_body()));
        let own = own.unwrap_or_default();
        let mut other = own.clone();
        other.iter_mut().skip(40).take(1).for_each(|byte| *byte ^= 1);
        Self { card, settings, certificates: [own, other], officer: Mutex::default() }
    }

    /// Makes a call, unless a fault occurs instead.
    fn call<T: Default>(
        &self,
        name: &'static str,
        codes: Option<(SentCodes, CK_SLOT_ID)>,
        work: impl FnOnce(&mut CardState) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut state = self.card.lock();
        if state.is_locked {
            state.journal.record(CardEvent::ModuleWaited);
        }
        let is_card = codes.as_ref().is_none_or(|(_, slot)| self.leads_to_card(&state, *slot));
        if !is_card {
            state.journal.record(CardEvent::ReachedAnotherCard);
        }
        let result = match state.next_fault() {
            Some(Fault::Returns(0x9000)) => Some(Ok(T::default())),
            Some(Fault::Returns(status)) => Some(Err(FAILURES[usize::from(status) % FAILURES.len()])),
            Some(Fault::Fails(_)) => None,
            Some(Fault::Loses(error)) => {
                let _ = is_card.then(|| work(&mut state));
                (error != TransportError::Silent).then_some(Err(CKR_GENERAL_ERROR))
            }
            None if is_card => Some(work(&mut state)),
            None => Some(Ok(T::default())),
        };
        if let Some((codes, _)) = codes {
            state.journal.record(CardEvent::Sent(codes, outcome(result.as_ref())));
        }
        state.journal.record(CardEvent::Called(name, result.is_some()));
        drop(state);
        // Without the message of a panic, which is none here.
        result.unwrap_or_else(|| resume_unwind(Box::new("the module crashed")))
    }

    /// Returns whether a slot leads to the card that was described.
    fn leads_to_card(&self, state: &CardState, slot: CK_SLOT_ID) -> bool {
        let is_shown = self.settings.tokens[slot as usize] == TestToken::OfCard;
        is_shown && !state.is_replaced && !state.is_renumbered
    }

    /// Returns whether a slot shows the certificate of the card.
    fn shows_card(&self, state: &CardState, slot: CK_SLOT_ID) -> bool {
        let is_stale = state.is_replaced && !state.is_renumbered && !self.settings.notices_replacement;
        self.leads_to_card(state, slot)
            || is_stale && self.settings.tokens[slot as usize] == TestToken::OfCard
    }
}

impl Drop for ScriptedModule {
    fn drop(&mut self) {
        self.card.lock().journal.record(CardEvent::ModuleEnded);
    }
}

impl Module for ScriptedModule {
    fn initialize(&self) -> Result<(), Failure> {
        self.call("C_Initialize", None, |_| Ok(()))
    }

    fn finalize(&self) -> Result<(), Failure> {
        self.call("C_Finalize", None, |_| Ok(()))
    }

    fn info(&self) -> Result<(String, CK_VERSION), Failure> {
        self.call("C_GetInfo", None, |_| Ok(()))?;
        Ok(("TEST".to_owned(), CK_VERSION { major: 1, minor: 0 }))
    }

    fn slots_with_token(&self) -> Result<Vec<CK_SLOT_ID>, Failure> {
        self.call("C_GetSlotList", None, |_| Ok((0..self.settings.tokens.len() as CK_SLOT_ID).collect()))
    }

    fn token_flags(&self, slot: CK_SLOT_ID) -> Result<CK_FLAGS, Failure> {
        self.call("C_GetTokenInfo", None, |state| {
            let tries = if self.settings.shows_tries { tries_flags(state) } else { 0 };
            Ok(CKF_TOKEN_INITIALIZED | if self.shows_card(state, slot) { tries } else { 0 })
        })
    }

    fn open_session(&self, slot: CK_SLOT_ID, _: CK_FLAGS) -> Result<CK_SESSION_HANDLE, Failure> {
        self.call("C_OpenSession", None, |_| Ok(()))?;
        Ok(FIRST_SESSION + slot)
    }

    fn close_session(&self, _: CK_SESSION_HANDLE) -> Result<(), Failure> {
        self.call("C_CloseSession", None, |_| Ok(()))
    }

    fn certificates(&self, session: CK_SESSION_HANDLE) -> Result<Vec<Vec<u8>>, Failure> {
        let [own, other] = &self.certificates;
        self.call("C_FindObjects", None, |state| {
            let is_own = self.shows_card(state, session - FIRST_SESSION);
            Ok(vec![if is_own { own } else { other }.clone()])
        })
    }

    fn login_so(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure> {
        let puk = code.bytes().to_vec();
        self.call("C_Login", with_codes(SentCodes::Old(puk.clone()), session), |state| {
            let forms = state.profile.unblock_forms;
            let can_verify = matches!(forms, UnblockForms::Both | UnblockForms::TwoSteps);
            if can_verify && !self.settings.checks_puk_late {
                state.command(0x20, 0x00, PUK, &puk)?;
            }
            *self.officer.lock().unwrap_or_else(PoisonError::into_inner) = Some(puk);
            Ok(())
        })
    }

    fn init_pin(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure> {
        let pin = code.bytes().to_vec();
        let puk = self.officer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.call("C_InitPIN", with_codes(SentCodes::New(pin.clone()), session), |state| {
            let puk = puk.ok_or(CKR_USER_NOT_LOGGED_IN)?;
            match (state.profile.unblock_forms, self.settings.checks_puk_late) {
                (UnblockForms::Neither, _) => Err(CKR_FUNCTION_NOT_SUPPORTED),
                (UnblockForms::Both, false) => state.command(0x2C, 0x02, PIN, &pin),
                (UnblockForms::Both | UnblockForms::Combined, _) => {
                    state.command(0x2C, 0x00, PIN, &[puk, pin].concat())
                }
                (UnblockForms::TwoSteps, is_late) => {
                    if is_late {
                        state.command(0x20, 0x00, PUK, &puk)?;
                    }
                    state.command(0x2C, 0x02, PIN, &pin)
                }
            }
        })
    }

    fn set_pin(&self, session: CK_SESSION_HANDLE, old: &mut Code, new: &mut Code) -> Result<(), Failure> {
        let both = [old.bytes(), new.bytes()].concat();
        let lengths = [old.bytes(), new.bytes()].map(|code| code.len() as u8);
        let is_officer = self.officer.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        self.call("C_SetPIN", with_codes(SentCodes::Both(both.clone()), session), |state| {
            let reference = if is_officer { PUK } else { PIN };
            match state.profile.change_format {
                ChangeFormat::Concatenated => {
                    let (old, _) = both.split_at(lengths[0].into());
                    match state.command(0x20, 0x00, reference, old) {
                        Ok(()) | Err(CKR_FUNCTION_NOT_SUPPORTED) => {}
                        refused => return refused,
                    }
                    state.command(0x24, 0x00, reference, &both)
                }
                ChangeFormat::WithLengths => {
                    let (old, new) = both.split_at(lengths[0].into());
                    let data = [&lengths[..1], old, &lengths[1..], new].concat();
                    state.command(0x24, 0x02, reference & 0x7F, &data)
                }
            }
        })
    }
}

fn with_codes(codes: SentCodes, session: CK_SESSION_HANDLE) -> Option<(SentCodes, CK_SLOT_ID)> {
    Some((codes, session - FIRST_SESSION))
}

fn outcome<T>(result: Option<&Result<T, Failure>>) -> SentOutcome {
    match result {
        Some(Ok(_)) => SentOutcome::Accepted,
        Some(Err(CKR_FUNCTION_NOT_SUPPORTED | CKR_USER_TYPE_INVALID)) => SentOutcome::Unsupported,
        Some(Err(_)) => SentOutcome::Refused,
        None => SentOutcome::Lost,
    }
}

/// Returns the flags of a token for the tries of its card.
fn tries_flags(state: &CardState) -> CK_FLAGS {
    let summary = state.card.code_summary();
    let tries = |name: &str| summary.split(name).nth(1).and_then(|rest| rest.bytes().next()).unwrap();
    let flag = |tries, [locked, final_try, count_low]: [CK_FLAGS; 3]| match tries {
        b'0' => locked,
        b'1' => final_try,
        b'2' => count_low,
        _ => 0,
    };
    flag(tries(" pin-tries="), [CKF_USER_PIN_LOCKED, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_COUNT_LOW])
        | flag(tries(" puk-tries="), [CKF_SO_PIN_LOCKED, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_COUNT_LOW])
}

/// Completes the body of a certificate to an encoding of the length that it states. The signature is not compared.
fn with_signature(body: &[u8]) -> Vec<u8> {
    let length = usize::from(u16::from_be_bytes([body[2], body[3]]));
    let mut certificate = body.to_vec();
    certificate.resize(4 + length, 0);
    certificate
}

impl CardState {
    /// Sends a command with codes to the card, in the directory of the codes.
    fn command(&mut self, instruction: u8, p1: u8, p2: u8, data: &[u8]) -> Result<(), Failure> {
        let directory = self.profile.code_directory.to_be_bytes();
        let path = match self.profile.select_mode {
            SelectMode::Iso => directory.to_vec(),
            SelectMode::Akis1 => [[0x3F, 0x00], directory].concat(),
        };
        self.transmit(&[0x00, 0xA4, 0x08, 0x0C], &path);
        match self.transmit(&[0x00, instruction, p1, p2], data) {
            0x9000 | 0x6100..=0x61FF => Ok(()),
            0x63C0..=0x63CF => Err(CKR_PIN_INCORRECT),
            0x6983 | 0x6984 => Err(CKR_PIN_LOCKED),
            0x6700 | 0x6A80 => Err(CKR_PIN_LEN_RANGE),
            0x6985 | 0x6A86 | 0x6A88 | 0x6D00 => Err(CKR_FUNCTION_NOT_SUPPORTED),
            _ => Err(CKR_GENERAL_ERROR),
        }
    }

    fn transmit(&mut self, header: &[u8], data: &[u8]) -> u16 {
        let length = u8::try_from(data.len()).unwrap();
        let response = self.card.transmit(&[header, &[length], data].concat());
        u16::from_be_bytes(*response.last_chunk().unwrap())
    }
}
