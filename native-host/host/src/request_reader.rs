//! Reads native-messaging frames and the requests in them. The fuzz target `host_requests` includes this
//! file, too.

use eimza_protocol::{MAX_REQUEST_LEN, Request};
use native_messaging::host::{NmError, decode_message_opt};
use std::io::Read;

/// The next incoming message.
#[derive(Debug)]
pub enum Incoming {
    /// A request.
    Request(Request),
    /// A frame that holds no valid request.
    Invalid {
        /// Its id, if any, so that the sender does not wait forever.
        id: Option<u32>,
        /// The parser's error.
        reason: String,
    },
    /// A frame longer than any request; the input that follows cannot be parsed.
    TooLarge,
    /// The end of the input, perhaps in the middle of a frame.
    End,
}

/// Reads the next frame.
pub fn read_request(input: &mut impl Read) -> Incoming {
    match decode_message_opt(input, MAX_REQUEST_LEN) {
        Ok(Some(text)) => match Request::parse(&text) {
            Ok(request) => Incoming::Request(request),
            Err(error) => Incoming::Invalid { id: id_in(&text), reason: error.to_string() },
        },
        Err(NmError::IncomingNotUtf8(error)) => Incoming::Invalid { id: None, reason: error.to_string() },
        Err(NmError::IncomingTooLarge { .. }) => Incoming::TooLarge,
        _ => Incoming::End,
    }
}

fn id_in(text: &str) -> Option<u32> {
    let message: serde_json::Value = serde_json::from_str(text).ok()?;
    u32::try_from(message.get("id")?.as_u64()?).ok()
}
