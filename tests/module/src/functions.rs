//! The functions of the module.

use crate::misbehavior::call;
use crate::settings::{Settings, store, stored};
use cryptoki_sys::*;
use std::ptr;
use std::slice;
use std::sync::Mutex;

/// What the process has done so far.
struct State {
    is_initialized: bool,
    /// The slot of each session.
    sessions: Vec<CK_SLOT_ID>,
    is_so: bool,
    /// The PUK of a login that is checked later.
    unchecked: Option<Vec<u8>>,
    has_searched: bool,
}

static STATE: Mutex<State> = Mutex::new(State {
    is_initialized: false,
    sessions: Vec::new(),
    is_so: false,
    unchecked: None,
    has_searched: false,
});

fn state() -> std::sync::MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Slots 0 and up; an empty one follows those with a token.
fn certificates(settings: &Settings, session: CK_SESSION_HANDLE) -> Option<Vec<Vec<u8>>> {
    let slot = *state().sessions.get(usize::try_from(session).ok()?.checked_sub(1)?)?;
    settings.tokens.get(usize::try_from(slot).ok()?).cloned()
}

/// Writes a value to where the caller wants it.
///
/// # Safety
/// The pointer is valid, as the specification requires of the caller.
unsafe fn write<T>(to: *mut T, value: T) {
    // SAFETY: required of the caller; structures are packed on Windows.
    unsafe { to.write_unaligned(value) }
}

fn padded<const N: usize>(text: &str) -> [CK_UTF8CHAR; N] {
    let mut field = [b' '; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
}

/// Tells whether a NUL follows a code that the caller passes.
///
/// # Safety
/// The pointer is valid for the length and one byte more, which the host promises.
unsafe fn ending(code: CK_UTF8CHAR_PTR, length: CK_ULONG) -> &'static str {
    // SAFETY: required of the caller.
    let bytes = unsafe { slice::from_raw_parts(code, length as usize + 1) };
    if bytes[length as usize] == 0 { "nul" } else { "no-nul" }
}

/// Copies a code that the caller passes; called within a call's work only, so that a call which stops has none.
///
/// # Safety
/// The pointer is valid for the length.
unsafe fn copy(code: CK_UTF8CHAR_PTR, length: CK_ULONG) -> Vec<u8> {
    // SAFETY: required of the caller.
    unsafe { slice::from_raw_parts(code, length as usize) }.to_vec()
}

unsafe extern "C" fn initialize(arguments: CK_VOID_PTR) -> CK_RV {
    let detail = if arguments.is_null() { "NULL" } else { "arguments" };
    call("C_Initialize", detail, |settings| {
        if settings.takes_arguments == arguments.is_null() {
            return CKR_ARGUMENTS_BAD;
        }
        state().is_initialized = true;
        CKR_OK
    })
}

unsafe extern "C" fn finalize(_: CK_VOID_PTR) -> CK_RV {
    call("C_Finalize", "", |_| CKR_OK)
}

unsafe extern "C" fn get_info(info: CK_INFO_PTR) -> CK_RV {
    call("C_GetInfo", "", |_| {
        let value = CK_INFO {
            cryptokiVersion: CK_VERSION { major: 2, minor: 20 },
            manufacturerID: padded("TEST\u{1B}[31m MAKER"),
            flags: 0,
            libraryDescription: padded("Test module"),
            libraryVersion: CK_VERSION { major: 7, minor: 3 },
        };
        // SAFETY: the caller's pointer.
        unsafe { write(info, value) };
        CKR_OK
    })
}

/// Lists no slots if only those with a token are requested, as modules have done.
unsafe extern "C" fn get_slot_list(with_token: CK_BBOOL, list: CK_SLOT_ID_PTR, count: CK_ULONG_PTR) -> CK_RV {
    call("C_GetSlotList", if with_token == CK_FALSE { "FALSE" } else { "TRUE" }, |settings| {
        let slots = if with_token == CK_FALSE { settings.tokens.len() + 1 } else { 0 };
        if !list.is_null() {
            for slot in 0..slots {
                // SAFETY: the caller's list, which has more places than the tests have slots.
                unsafe { write(list.add(slot), slot as CK_SLOT_ID) };
            }
        }
        // SAFETY: the caller's pointer.
        unsafe { write(count, slots as CK_ULONG) };
        CKR_OK
    })
}

unsafe extern "C" fn get_slot_info(slot: CK_SLOT_ID, info: CK_SLOT_INFO_PTR) -> CK_RV {
    call("C_GetSlotInfo", "", |settings| {
        let is_present = (slot as usize) < settings.tokens.len();
        let flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | if is_present { CKF_TOKEN_PRESENT } else { 0 };
        // SAFETY: the caller's pointer.
        unsafe { write(info, CK_SLOT_INFO { flags, ..CK_SLOT_INFO::default() }) };
        CKR_OK
    })
}

unsafe extern "C" fn get_token_info(slot: CK_SLOT_ID, info: CK_TOKEN_INFO_PTR) -> CK_RV {
    call("C_GetTokenInfo", "", |settings| {
        if slot as usize >= settings.tokens.len() {
            return CKR_TOKEN_NOT_PRESENT;
        }
        let flags = settings.flags as CK_FLAGS;
        let value = CK_TOKEN_INFO {
            label: padded("A NAME"),
            serialNumber: padded("1234567890123456"),
            flags,
            ..CK_TOKEN_INFO::default()
        };
        // SAFETY: the caller's pointer.
        unsafe { write(info, value) };
        CKR_OK
    })
}

unsafe extern "C" fn open_session(
    slot: CK_SLOT_ID,
    flags: CK_FLAGS,
    _: CK_VOID_PTR,
    _: CK_NOTIFY,
    session: CK_SESSION_HANDLE_PTR,
) -> CK_RV {
    call("C_OpenSession", if flags & CKF_RW_SESSION == 0 { "RO" } else { "RW" }, |settings| {
        if slot as usize >= settings.tokens.len() {
            return CKR_TOKEN_NOT_PRESENT;
        }
        let mut state = state();
        state.sessions.push(slot);
        // SAFETY: the caller's pointer.
        unsafe { write(session, state.sessions.len() as CK_SESSION_HANDLE) };
        CKR_OK
    })
}

unsafe extern "C" fn close_session(_: CK_SESSION_HANDLE) -> CK_RV {
    call("C_CloseSession", "", |_| CKR_OK)
}

unsafe extern "C" fn find_objects_init(_: CK_SESSION_HANDLE, _: CK_ATTRIBUTE_PTR, _: CK_ULONG) -> CK_RV {
    call("C_FindObjectsInit", "", |_| {
        state().has_searched = false;
        CKR_OK
    })
}

unsafe extern "C" fn find_objects(
    session: CK_SESSION_HANDLE,
    objects: CK_OBJECT_HANDLE_PTR,
    max: CK_ULONG,
    count: CK_ULONG_PTR,
) -> CK_RV {
    call("C_FindObjects", "", |settings| {
        let Some(certificates) = certificates(settings, session) else { return CKR_DEVICE_REMOVED };
        let found = certificates.len().min(max as usize);
        for object in 0..found {
            // SAFETY: the caller's list of `max` places.
            unsafe { write(objects.add(object), object as CK_OBJECT_HANDLE + 1) };
        }
        // SAFETY: the caller's pointer.
        unsafe { write(count, found as CK_ULONG) };
        CKR_OK
    })
}

unsafe extern "C" fn find_objects_final(_: CK_SESSION_HANDLE) -> CK_RV {
    call("C_FindObjectsFinal", "", |_| CKR_OK)
}

unsafe extern "C" fn get_attribute_value(
    session: CK_SESSION_HANDLE,
    object: CK_OBJECT_HANDLE,
    template: CK_ATTRIBUTE_PTR,
    _: CK_ULONG,
) -> CK_RV {
    call("C_GetAttributeValue", "", |settings| {
        let certificates = certificates(settings, session).unwrap_or_default();
        let Some(certificate) = certificates.get(object as usize - 1) else {
            return CKR_OBJECT_HANDLE_INVALID;
        };
        // SAFETY: the caller's template of one attribute, whose buffer has the length that it names.
        unsafe {
            let mut attribute = ptr::read_unaligned(template);
            if (attribute.ulValueLen as usize) < certificate.len() {
                return CKR_BUFFER_TOO_SMALL;
            }
            ptr::copy_nonoverlapping(certificate.as_ptr(), attribute.pValue.cast(), certificate.len());
            attribute.ulValueLen = certificate.len() as CK_ULONG;
            write(template, attribute);
        }
        CKR_OK
    })
}

/// Overwrites a copy of a code, so that a search of the process finds those of the host's code only.
fn wipe(mut code: Vec<u8>) {
    code.fill(0);
    std::hint::black_box(&code);
}

/// Compares a PUK with that of the card, and counts its tries.
fn check_puk(puk: Vec<u8>) -> CK_RV {
    let tries = stored("akisp11.tries").first().map_or(3, |digit| digit - b'0');
    if tries == 0 {
        wipe(puk);
        return CKR_PIN_LOCKED;
    }
    let stored = stored("akisp11.puk");
    let is_right = puk == stored;
    wipe(puk);
    wipe(stored);
    store("akisp11.tries", &[b'0' + if is_right { 3 } else { tries - 1 }]);
    if is_right { CKR_OK } else { CKR_PIN_INCORRECT }
}

unsafe extern "C" fn login(
    _: CK_SESSION_HANDLE,
    user: CK_USER_TYPE,
    puk: CK_UTF8CHAR_PTR,
    length: CK_ULONG,
) -> CK_RV {
    // SAFETY: the caller's code.
    let ending = unsafe { ending(puk, length) };
    let user = if user == CKU_SO { "SO" } else { "USER" };
    call("C_Login", &format!("{user} {ending}"), |settings| {
        // SAFETY: the caller's code.
        let puk = unsafe { copy(puk, length) };
        if settings.is_late {
            state().unchecked = Some(puk);
            return CKR_OK;
        }
        let result = check_puk(puk);
        state().is_so = result == CKR_OK;
        result
    })
}

unsafe extern "C" fn init_pin(_: CK_SESSION_HANDLE, pin: CK_UTF8CHAR_PTR, length: CK_ULONG) -> CK_RV {
    // SAFETY: the caller's code.
    let ending = unsafe { ending(pin, length) };
    call("C_InitPIN", ending, |_| {
        // SAFETY: the caller's code.
        let pin = unsafe { copy(pin, length) };
        let unchecked = state().unchecked.take();
        if let Some(puk) = unchecked {
            let result = check_puk(puk);
            if result != CKR_OK {
                wipe(pin);
                return result;
            }
        } else if !state().is_so {
            wipe(pin);
            return CKR_USER_NOT_LOGGED_IN;
        }
        store("akisp11.pin", &pin);
        wipe(pin);
        CKR_OK
    })
}

unsafe extern "C" fn set_pin(
    _: CK_SESSION_HANDLE,
    old: CK_UTF8CHAR_PTR,
    old_length: CK_ULONG,
    new: CK_UTF8CHAR_PTR,
    new_length: CK_ULONG,
) -> CK_RV {
    // SAFETY: the caller's code.
    let ending = unsafe { ending(new, new_length) };
    call("C_SetPIN", ending, |_| {
        // SAFETY: the caller's codes.
        let (old, new) = unsafe { (copy(old, old_length), copy(new, new_length)) };
        let name = if state().is_so { "akisp11.puk" } else { "akisp11.pin" };
        let stored = stored(name);
        let is_right = old == stored;
        if is_right {
            store(name, &new);
        }
        [old, new, stored].into_iter().for_each(wipe);
        if is_right { CKR_OK } else { CKR_PIN_INCORRECT }
    })
}

/// Returns the functions of the module.
///
/// # Safety
/// The pointer is valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn C_GetFunctionList(list: *mut CK_FUNCTION_LIST_PTR) -> CK_RV {
    call("C_GetFunctionList", "", |_| {
        let functions = CK_FUNCTION_LIST {
            version: CK_VERSION { major: 2, minor: 20 },
            C_Initialize: Some(initialize),
            C_Finalize: Some(finalize),
            C_GetInfo: Some(get_info),
            C_GetFunctionList: Some(C_GetFunctionList),
            C_GetSlotList: Some(get_slot_list),
            C_GetSlotInfo: Some(get_slot_info),
            C_GetTokenInfo: Some(get_token_info),
            C_OpenSession: Some(open_session),
            C_CloseSession: Some(close_session),
            C_FindObjectsInit: Some(find_objects_init),
            C_FindObjects: Some(find_objects),
            C_FindObjectsFinal: Some(find_objects_final),
            C_GetAttributeValue: Some(get_attribute_value),
            C_Login: Some(login),
            C_InitPIN: Some(init_pin),
            C_SetPIN: Some(set_pin),
            ..CK_FUNCTION_LIST::default()
        };
        // SAFETY: the caller's pointer; the list is never freed.
        unsafe { write(list, Box::into_raw(Box::new(functions))) };
        CKR_OK
    })
}
