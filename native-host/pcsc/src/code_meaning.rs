//! What the codes of PC/SC and Windows mean.
//!
//! Sources: `pcsclite` is the API of pcsc-lite (`pcsclite.h`); `learn` is “Smart Card Return Values” on Microsoft Learn;
//! `call` is the page of the function there; `driver` is a status of the IOCTLs for readers, such as “IOCTL_SMARTCARD_TRANSMIT”,
//! which Windows passes on as the code that `RtlNtStatusToDosError` gives; `rpc` and `system` are “System Error
//! Codes” of the remote procedure calls by which WinSCard talks to its service, and of the system.

use std::fmt;

/// What a code means. The same code means the same in every call; what follows from it depends on the call, see
/// `error_mapping`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The service does not run, or is stopping.
    ServiceStopped,
    /// The connection to the service is lost: it was restarted, or knows a handle no longer.
    ConnectionLost,
    /// The service refuses this user or session.
    ServiceRefused,
    /// This remote session has no cards of the computer at which the user is.
    NotRedirected,
    /// Service or system have no memory or connection left.
    Exhausted,
    /// No reader is connected.
    NoReader,
    /// The reader was disconnected.
    ReaderGone,
    /// The reader or its driver failed.
    ReaderFailed,
    /// The reader or its driver does not do what was requested.
    Unsupported,
    /// The reader holds no card.
    NoCard,
    /// The card was reset since it was connected to.
    CardReset,
    /// The service knows no such card: that of the handle was replaced, or its reader was disconnected.
    UnknownCard,
    /// The card does not respond.
    CardSilent,
    /// Another program holds the card.
    CardBusy,
    /// The time to wait is over.
    TimedOut,
}

/// A code, its name, its meaning, and the source.
type Row = (u32, &'static str, Meaning, &'static str);

/// The codes, in the order of their numbers. All others mean [`Meaning::ReaderFailed`].
const CODES: &[Row] = {
    use Meaning::*;
    &[
        (0x0000_0001, "ERROR_INVALID_FUNCTION", Unsupported, "driver: STATUS_INVALID_DEVICE_REQUEST"),
        (0x0000_0002, "ERROR_FILE_NOT_FOUND", ReaderGone, "driver: STATUS_NO_SUCH_DEVICE"),
        (0x0000_0005, "ERROR_ACCESS_DENIED", ServiceRefused, "system"),
        (0x0000_0006, "ERROR_INVALID_HANDLE", ConnectionLost, "call: SCardTransmit and others"),
        (0x0000_0008, "ERROR_NOT_ENOUGH_MEMORY", Exhausted, "system"),
        (0x0000_000E, "ERROR_OUTOFMEMORY", Exhausted, "system"),
        (0x0000_0015, "ERROR_NOT_READY", ReaderFailed, "driver: STATUS_DEVICE_NOT_READY"),
        (0x0000_0016, "ERROR_BAD_COMMAND", ReaderFailed, "driver: STATUS_INVALID_DEVICE_STATE"),
        (0x0000_001F, "ERROR_GEN_FAILURE", ReaderFailed, "driver: STATUS_UNSUCCESSFUL"),
        (0x0000_0020, "ERROR_SHARING_VIOLATION", CardBusy, "system"),
        (0x0000_0032, "ERROR_NOT_SUPPORTED", Unsupported, "driver: STATUS_NOT_SUPPORTED"),
        (0x0000_0037, "ERROR_DEV_NOT_EXIST", ReaderGone, "system"),
        (0x0000_0057, "ERROR_INVALID_PARAMETER", Unsupported, "driver: STATUS_INVALID_PARAMETER"),
        (0x0000_006D, "ERROR_BROKEN_PIPE", NotRedirected, "call: SCardEstablishContext in a remote session"),
        (0x0000_0079, "ERROR_SEM_TIMEOUT", CardSilent, "driver: STATUS_IO_TIMEOUT"),
        (0x0000_00AA, "ERROR_BUSY", CardBusy, "driver: STATUS_DEVICE_BUSY"),
        (0x0000_03E3, "ERROR_OPERATION_ABORTED", ReaderFailed, "driver: STATUS_CANCELLED"),
        (0x0000_0422, "ERROR_SERVICE_DISABLED", ServiceStopped, "system"),
        (0x0000_0425, "ERROR_SERVICE_CANNOT_ACCEPT_CTRL", ServiceStopped, "system"),
        (0x0000_0426, "ERROR_SERVICE_NOT_ACTIVE", ServiceStopped, "system"),
        (0x0000_0458, "ERROR_NO_MEDIA_IN_DRIVE", NoCard, "driver: STATUS_NO_MEDIA"),
        (0x0000_045D, "ERROR_IO_DEVICE", ReaderFailed, "driver: STATUS_IO_DEVICE_ERROR"),
        (0x0000_0461, "ERROR_COUNTER_TIMEOUT", CardSilent, "driver: STATUS_SERIAL_COUNTER_TIMEOUT"),
        (0x0000_048F, "ERROR_DEVICE_NOT_CONNECTED", ReaderGone, "driver: STATUS_DEVICE_NOT_CONNECTED"),
        (0x0000_05AA, "ERROR_NO_SYSTEM_RESOURCES", Exhausted, "driver: STATUS_INSUFFICIENT_RESOURCES"),
        (0x0000_0651, "ERROR_DEVICE_REMOVED", ReaderGone, "driver: STATUS_DEVICE_REMOVED"),
        (0x0000_06BA, "RPC_S_SERVER_UNAVAILABLE", ConnectionLost, "rpc"),
        (0x0000_06BB, "RPC_S_SERVER_TOO_BUSY", Exhausted, "rpc"),
        (0x0000_06BE, "RPC_S_CALL_FAILED", ConnectionLost, "rpc"),
        (0x0000_06BF, "RPC_S_CALL_FAILED_DNE", ConnectionLost, "rpc"),
        (0x0000_06F9, "ERROR_UNRECOGNIZED_MEDIA", CardSilent, "driver: STATUS_UNRECOGNIZED_MEDIA"),
        (0x8010_0001, "SCARD_F_INTERNAL_ERROR", ReaderFailed, "learn, pcsclite"),
        (0x8010_0002, "SCARD_E_CANCELLED", ReaderFailed, "learn, pcsclite"),
        (0x8010_0003, "SCARD_E_INVALID_HANDLE", UnknownCard, "learn, pcsclite"),
        (0x8010_0004, "SCARD_E_INVALID_PARAMETER", Unsupported, "learn, pcsclite"),
        (0x8010_0005, "SCARD_E_INVALID_TARGET", ReaderFailed, "learn, pcsclite"),
        (0x8010_0006, "SCARD_E_NO_MEMORY", Exhausted, "learn, pcsclite"),
        (0x8010_0007, "SCARD_F_WAITED_TOO_LONG", ReaderFailed, "learn, pcsclite"),
        (0x8010_0008, "SCARD_E_INSUFFICIENT_BUFFER", ReaderFailed, "learn, pcsclite"),
        (0x8010_0009, "SCARD_E_UNKNOWN_READER", ReaderGone, "learn, pcsclite"),
        (0x8010_000A, "SCARD_E_TIMEOUT", TimedOut, "learn, pcsclite"),
        (0x8010_000B, "SCARD_E_SHARING_VIOLATION", CardBusy, "learn, pcsclite"),
        (0x8010_000C, "SCARD_E_NO_SMARTCARD", NoCard, "learn, pcsclite"),
        (0x8010_000D, "SCARD_E_UNKNOWN_CARD", ReaderFailed, "learn, pcsclite"),
        (0x8010_000E, "SCARD_E_CANT_DISPOSE", ReaderFailed, "learn, pcsclite"),
        (0x8010_000F, "SCARD_E_PROTO_MISMATCH", CardSilent, "learn, pcsclite"),
        (0x8010_0010, "SCARD_E_NOT_READY", ReaderFailed, "learn, pcsclite"),
        (0x8010_0011, "SCARD_E_INVALID_VALUE", INVALID_VALUE, "learn; pcsclite: SCardConnect, SCardTransmit"),
        (0x8010_0012, "SCARD_E_SYSTEM_CANCELLED", ServiceStopped, "learn: at logging off or shutting down"),
        (0x8010_0013, "SCARD_F_COMM_ERROR", ConnectionLost, "learn, pcsclite"),
        (0x8010_0014, "SCARD_F_UNKNOWN_ERROR", ReaderFailed, "learn, pcsclite"),
        (0x8010_0015, "SCARD_E_INVALID_ATR", CardSilent, "learn, pcsclite"),
        (0x8010_0016, "SCARD_E_NOT_TRANSACTED", CardSilent, "learn; pcsclite: SCardTransmit, no answer"),
        (0x8010_0017, "SCARD_E_READER_UNAVAILABLE", ReaderGone, "learn, pcsclite"),
        (0x8010_0018, "SCARD_P_SHUTDOWN", ServiceStopped, "learn, pcsclite"),
        (0x8010_0019, "SCARD_E_PCI_TOO_SMALL", ReaderFailed, "learn, pcsclite"),
        (0x8010_001A, "SCARD_E_READER_UNSUPPORTED", Unsupported, "learn, pcsclite"),
        (0x8010_001B, "SCARD_E_DUPLICATE_READER", ReaderFailed, "learn, pcsclite"),
        (0x8010_001C, "SCARD_E_CARD_UNSUPPORTED", CardSilent, "learn, pcsclite"),
        (0x8010_001D, "SCARD_E_NO_SERVICE", ServiceStopped, "learn, pcsclite"),
        (0x8010_001E, "SCARD_E_SERVICE_STOPPED", ServiceStopped, "learn, pcsclite"),
        (0x8010_001F, "SCARD_E_UNEXPECTED", UNEXPECTED, "learn; pcsclite: SCARD_E_UNSUPPORTED_FEATURE"),
        (0x8010_0022, "SCARD_E_UNSUPPORTED_FEATURE", Unsupported, "learn"),
        (0x8010_0027, "SCARD_E_NO_ACCESS", ServiceRefused, "learn, pcsclite"),
        (0x8010_002B, "SCARD_E_UNKNOWN_RES_MNG", ConnectionLost, "learn, pcsclite"),
        (0x8010_002E, "SCARD_E_NO_READERS_AVAILABLE", NoReader, "learn, pcsclite"),
        (0x8010_002F, "SCARD_E_COMM_DATA_LOST", CardSilent, "learn, pcsclite"),
        (0x8010_0031, "SCARD_E_SERVER_TOO_BUSY", Exhausted, "learn, pcsclite"),
        (0x8010_0065, "SCARD_W_UNSUPPORTED_CARD", CardSilent, "learn, pcsclite"),
        (0x8010_0066, "SCARD_W_UNRESPONSIVE_CARD", CardSilent, "learn, pcsclite"),
        (0x8010_0067, "SCARD_W_UNPOWERED_CARD", CardSilent, "learn, pcsclite"),
        (0x8010_0068, "SCARD_W_RESET_CARD", CardReset, "learn, pcsclite"),
        (0x8010_0069, "SCARD_W_REMOVED_CARD", NoCard, "learn, pcsclite"),
        (0x8010_006A, "SCARD_W_SECURITY_VIOLATION", ServiceRefused, "learn; pcsclite: polkit"),
    ]
};

/// Returns the codes that Windows documents, with their names.
#[cfg(feature = "code-table")]
#[must_use]
pub fn codes_of_windows() -> Vec<(u32, &'static str)> {
    CODES.iter().map(|(code, name, ..)| (*code, *name)).collect()
}

/// A value that cannot be interpreted; pcsc-lite also says so of a handle that it does not know (`winscard_clnt.c`).
const INVALID_VALUE: Meaning = if cfg!(windows) { Meaning::ReaderFailed } else { Meaning::UnknownCard };

/// 8010001F has another name in each of the two libraries (`pcsclite.h`, “differences”).
const UNEXPECTED: Meaning = if cfg!(windows) { Meaning::ReaderFailed } else { Meaning::Unsupported };

/// A code that the PC/SC library of the system returned; on Windows also one of the system or of a reader's driver.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) u32);

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08X}", self.0)
    }
}

impl Code {
    /// Another program has the card exclusively, or in a transaction.
    pub(crate) const HELD_BY_OTHER_PROGRAM: Self = Self(0x8010_000B);

    /// Returns whether it is a code of PC/SC, and not of the system or of a driver (`FACILITY_SCARD` in winerror.h).
    pub(crate) fn is_of_service(self) -> bool {
        self.0 >> 16 == 0x8010
    }

    /// Returns what the code means.
    pub(crate) fn meaning(self) -> Meaning {
        let row = CODES.binary_search_by_key(&self.0, |(code, ..)| *code);
        row.ok()
            .and_then(|index| CODES.get(index))
            .map_or(Meaning::ReaderFailed, |(_, _, meaning, _)| *meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_in_order_and_have_a_name_of_their_own_and_a_source() {
        assert!(CODES.is_sorted_by(|(one, ..), (next, ..)| one < next));
        let names: BTreeSet<_> = CODES.iter().map(|(_, name, ..)| name).collect();
        assert_eq!(names.len(), CODES.len());
        for (_, name, _, source) in CODES {
            let known = ["pcsclite", "learn", "call", "driver", "rpc", "system"];
            assert!(known.iter().any(|known| source.starts_with(known)), "{name}: {source}");
        }
    }

    #[test]
    fn code_without_a_row_is_a_fault_of_the_reader() {
        for code in [0x7777, 0x8010_0023, 0xC000_0001, u32::MAX] {
            assert_eq!(Code(code).meaning(), Meaning::ReaderFailed, "{code:08X}");
        }
    }

    #[test]
    fn each_code_is_found() {
        for (code, name, meaning, _) in CODES {
            assert_eq!(Code(*code).meaning(), *meaning, "{name}");
        }
    }
}
