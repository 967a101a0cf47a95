//! Calls of a PKCS#11 module (OASIS, PKCS #11 Cryptographic Token Interface Base Specification 2.40). The only
//! file that loads one.
#![expect(unsafe_code, reason = "a module is a library of C functions")]

use crate::code::Code;
use crate::module::{Failure, Module};
use cryptoki_sys::*;
use libloading::Library;
use std::path::Path;
use std::ptr::{NonNull, null_mut};

/// More slots, certificates of a token and bytes of a certificate than any module has.
const MAX_SLOTS: usize = 64;
const MAX_CERTIFICATES: usize = 32;
const MAX_CERTIFICATE: usize = 16 * 1024;

/// A loaded module. All calls come from one thread.
pub(crate) struct Cryptoki {
    functions: NonNull<CK_FUNCTION_LIST>,
    _library: Library,
}

/// Calls a function of the module; fails if the module lacks it.
macro_rules! call {
    ($module:ident.$name:ident($($argument:expr),*)) => {{
        // SAFETY: the module keeps its list of functions for as long as it is loaded (section 5.4).
        let function = unsafe { $module.functions.as_ref() }.$name.ok_or(CKR_FUNCTION_NOT_SUPPORTED)?;
        // SAFETY: the function has the type that the specification gives it, and every pointer below is that of
        // a live variable or buffer with the stated length.
        checked(unsafe { function($($argument),*) })
    }};
}

fn checked(value: CK_RV) -> Result<(), Failure> {
    if value == CKR_OK { Ok(()) } else { Err(value) }
}

impl Cryptoki {
    /// Loads the module at a trusted path; `None` if it is no module for this processor.
    pub(crate) fn load(path: &Path) -> Option<Self> {
        // SAFETY: loading runs the library's initialization. The path is trusted: only the administrator can
        // change the library, and this process exists for it alone.
        let library = unsafe { open(path) }.ok()?;
        let mut functions = null_mut();
        // SAFETY: the symbol has this type in every module (section 5.4), and writes one pointer.
        let result = unsafe {
            let get = library
                .get::<unsafe extern "C" fn(*mut CK_FUNCTION_LIST_PTR) -> CK_RV>(b"C_GetFunctionList\0");
            get.ok()?(&raw mut functions)
        };
        checked(result).ok()?;
        Some(Self { functions: NonNull::new(functions)?, _library: library })
    }

    fn slot_flags(&self, slot: CK_SLOT_ID) -> Result<CK_FLAGS, Failure> {
        let mut info = CK_SLOT_INFO::default();
        call!(self.C_GetSlotInfo(slot, &raw mut info)).map(|()| info.flags)
    }

    fn value(&self, session: CK_SESSION_HANDLE, object: CK_OBJECT_HANDLE) -> Result<Vec<u8>, Failure> {
        let mut value = vec![0_u8; MAX_CERTIFICATE];
        let mut template = [attribute(CKA_VALUE, value.as_mut_ptr().cast(), MAX_CERTIFICATE as CK_ULONG)];
        call!(self.C_GetAttributeValue(session, object, template.as_mut_ptr(), 1))?;
        let length = usize::try_from(template[0].ulValueLen).unwrap_or_default();
        value.truncate(if length <= MAX_CERTIFICATE { length } else { 0 });
        Ok(value)
    }
}

impl Module for Cryptoki {
    fn initialize(&self) -> Result<(), Failure> {
        match call!(self.C_Initialize(null_mut())) {
            Err(CKR_ARGUMENTS_BAD | CKR_CANT_LOCK) => {}
            other => return other,
        }
        let mut arguments = CK_C_INITIALIZE_ARGS {
            CreateMutex: None,
            DestroyMutex: None,
            LockMutex: None,
            UnlockMutex: None,
            flags: CKF_OS_LOCKING_OK,
            pReserved: null_mut(),
        };
        call!(self.C_Initialize((&raw mut arguments).cast()))
    }

    fn finalize(&self) -> Result<(), Failure> {
        call!(self.C_Finalize(null_mut()))
    }

    fn info(&self) -> Result<(String, CK_VERSION), Failure> {
        let mut info = CK_INFO::default();
        call!(self.C_GetInfo(&raw mut info))?;
        Ok((String::from_utf8_lossy(&info.manufacturerID).trim_end().to_owned(), info.libraryVersion))
    }

    fn slots_with_token(&self) -> Result<Vec<CK_SLOT_ID>, Failure> {
        let mut slots = vec![0; MAX_SLOTS];
        let mut count = MAX_SLOTS as CK_ULONG;
        call!(self.C_GetSlotList(CK_FALSE, slots.as_mut_ptr(), &raw mut count))?;
        slots.truncate(usize::try_from(count).unwrap_or_default());
        slots.retain(|&slot| self.slot_flags(slot).is_ok_and(|flags| flags & CKF_TOKEN_PRESENT != 0));
        Ok(slots)
    }

    fn token_flags(&self, slot: CK_SLOT_ID) -> Result<CK_FLAGS, Failure> {
        let mut info = CK_TOKEN_INFO::default();
        call!(self.C_GetTokenInfo(slot, &raw mut info)).map(|()| info.flags)
    }

    fn open_session(&self, slot: CK_SLOT_ID, extra: CK_FLAGS) -> Result<CK_SESSION_HANDLE, Failure> {
        let mut session = 0;
        let flags = CKF_SERIAL_SESSION | extra;
        call!(self.C_OpenSession(slot, flags, null_mut(), None, &raw mut session)).map(|()| session)
    }

    fn close_session(&self, session: CK_SESSION_HANDLE) -> Result<(), Failure> {
        call!(self.C_CloseSession(session))
    }

    fn certificates(&self, session: CK_SESSION_HANDLE) -> Result<Vec<Vec<u8>>, Failure> {
        let mut class = CKO_CERTIFICATE;
        let mut template =
            [attribute(CKA_CLASS, (&raw mut class).cast(), size_of::<CK_OBJECT_CLASS>() as CK_ULONG)];
        call!(self.C_FindObjectsInit(session, template.as_mut_ptr(), 1))?;
        let mut objects = [0; MAX_CERTIFICATES];
        let mut count = 0;
        let found = call!(self.C_FindObjects(
            session,
            objects.as_mut_ptr(),
            MAX_CERTIFICATES as CK_ULONG,
            &raw mut count
        ));
        let ended = call!(self.C_FindObjectsFinal(session));
        found.and(ended)?;
        let count = usize::try_from(count).unwrap_or_default().min(MAX_CERTIFICATES);
        // A certificate without a value, such as a URL, is not the card's.
        Ok(objects[..count].iter().filter_map(|&object| self.value(session, object).ok()).collect())
    }

    fn login_so(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure> {
        let (code, length) = code.as_ptr();
        call!(self.C_Login(session, CKU_SO, code, length))
    }

    fn init_pin(&self, session: CK_SESSION_HANDLE, code: &mut Code) -> Result<(), Failure> {
        let (code, length) = code.as_ptr();
        call!(self.C_InitPIN(session, code, length))
    }

    fn set_pin(&self, session: CK_SESSION_HANDLE, old: &mut Code, new: &mut Code) -> Result<(), Failure> {
        let ((old, old_length), (new, new_length)) = (old.as_ptr(), new.as_ptr());
        call!(self.C_SetPIN(session, old, old_length, new, new_length))
    }
}

fn attribute(kind: CK_ATTRIBUTE_TYPE, value: CK_VOID_PTR, length: CK_ULONG) -> CK_ATTRIBUTE {
    CK_ATTRIBUTE { type_: kind, pValue: value, ulValueLen: length }
}

/// Loads a library and resolves all that it needs at once, so that a missing function does not end the process
/// in the middle of an operation.
#[cfg(unix)]
unsafe fn open(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: required of the caller.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

/// Loads a library; what it needs is searched in the system folder only.
#[cfg(windows)]
unsafe fn open(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::windows::{LOAD_LIBRARY_SEARCH_SYSTEM32, Library};
    // SAFETY: required of the caller.
    unsafe { Library::load_with_flags(path, LOAD_LIBRARY_SEARCH_SYSTEM32) }.map(Into::into)
}
