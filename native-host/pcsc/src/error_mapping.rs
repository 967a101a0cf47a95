//! Maps PC/SC errors to the errors of this crate and of a connected card.

use crate::error::Error;
use crate::service;
use eimza_card::TransportError;

impl From<pcsc::Error> for Error {
    /// Maps an error of listing readers or connecting to a card.
    fn from(error: pcsc::Error) -> Self {
        use pcsc::Error as Pcsc;
        match error {
            Pcsc::NoService | Pcsc::ServiceStopped | Pcsc::CommError => service::unavailable_reason(),
            Pcsc::SecurityViolation | Pcsc::NoAccess => Self::ServiceRefused,
            Pcsc::NoReadersAvailable => Self::NoReader,
            Pcsc::UnknownReader | Pcsc::ReaderUnavailable => Self::UnknownReader,
            Pcsc::NoSmartcard | Pcsc::RemovedCard => Self::NoCard,
            Pcsc::SharingViolation => Self::CardBusy,
            Pcsc::UnresponsiveCard | Pcsc::UnpoweredCard | Pcsc::UnsupportedCard | Pcsc::ProtoMismatch => {
                Self::UnresponsiveCard
            }
            _ => Self::ReaderFailed,
        }
    }
}

/// Maps an error on a connected card.
pub(crate) fn transport_error(error: pcsc::Error) -> TransportError {
    use pcsc::Error as Pcsc;
    match error {
        Pcsc::NoSmartcard | Pcsc::RemovedCard => TransportError::Removed,
        // The handle is no longer valid: the card in the reader is not the one that was connected to.
        Pcsc::ResetCard | Pcsc::InvalidHandle | Pcsc::InvalidValue => TransportError::Changed,
        Pcsc::ReaderUnavailable | Pcsc::UnknownReader | Pcsc::NoReadersAvailable => {
            TransportError::ReaderGone
        }
        Pcsc::NoService | Pcsc::ServiceStopped | Pcsc::CommError => TransportError::ServiceGone,
        Pcsc::SharingViolation => TransportError::Busy,
        _ => TransportError::Silent,
    }
}
