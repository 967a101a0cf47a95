//! The features of a reader (PC/SC part 10, sections 2.2 and 2.3).

use crate::{ControlAnswer, ReaderControl, Transport, TransportError};

/// Tags of features (section 2.3).
const VERIFY_PIN_DIRECT: u8 = 0x06;
const MODIFY_PIN_DIRECT: u8 = 0x07;

/// The control codes of the features with which a reader takes codes itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PadFeatures {
    /// That of `FEATURE_VERIFY_PIN_DIRECT`.
    pub(crate) verify: Option<u32>,
    /// That of `FEATURE_MODIFY_PIN_DIRECT`.
    pub(crate) modify: Option<u32>,
}

impl PadFeatures {
    /// Asks the driver of the reader for its features. Sends nothing to the card.
    ///
    /// # Errors
    /// If the card was removed or the service has ended.
    pub fn read(transport: &mut dyn Transport) -> Result<Self, TransportError> {
        Ok(match transport.control(ReaderControl::GetFeatures)? {
            ControlAnswer::Response(list) => Self::parse(&list),
            ControlAnswer::Refused => Self::default(),
        })
    }

    /// Parses the answer to `CM_IOCTL_GET_FEATURE_REQUEST`: for each feature its tag, the length 4, and the
    /// control code, most significant byte first (section 2.2). A list that is not built like that has no
    /// features.
    fn parse(list: &[u8]) -> Self {
        let mut features = Self::default();
        for entry in list.chunks(6) {
            let &[tag, 4, ref code @ ..] = entry else { return Self::default() };
            let Ok(code) = code.try_into().map(u32::from_be_bytes) else { return Self::default() };
            match tag {
                VERIFY_PIN_DIRECT => features.verify = Some(code),
                MODIFY_PIN_DIRECT => features.modify = Some(code),
                _ => {}
            }
        }
        features
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_codes_are_read_by_their_tags() {
        // As libccid answers for a reader with a PIN pad and other features.
        let list = [
            0x06, 4, 0x42, 0x33, 0x00, 0x06, //
            0x07, 4, 0x42, 0x33, 0x00, 0x07, //
            0x0A, 4, 0x42, 0x33, 0x00, 0x0A,
        ];
        let expected = PadFeatures { verify: Some(0x4233_0006), modify: Some(0x4233_0007) };
        assert_eq!(PadFeatures::parse(&list), expected);
        assert_eq!(PadFeatures::parse(&list[..6]), PadFeatures { modify: None, ..expected });
    }

    #[test]
    fn malformed_list_has_no_features() {
        for list in [
            &[][..],
            &[0x06],
            &[0x06, 4, 0x42, 0x33, 0x00],
            &[0x06, 3, 0x42, 0x33, 0x00, 0x06],
            &[0x06, 4, 0x42, 0x33, 0x00, 0x06, 0x07],
        ] {
            assert_eq!(PadFeatures::parse(list), PadFeatures::default(), "{list:02X?}");
        }
    }
}
