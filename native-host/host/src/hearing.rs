//! What a browser says: frames, and the requests in them. The fuzz target `requests` reads this file too.

use eimza_protocol::{MAX_REQUEST_LEN, Problem, Request};
use native_messaging::host::{NmError, decode_message_opt};
use std::io::Read;

/// What was heard next.
#[derive(Debug)]
pub enum Heard {
    /// A question.
    Request(Request),
    /// A frame that holds none.
    NoRequest {
        /// The id in it where there is one, so that the asker does not wait for ever.
        id: Option<u32>,
        /// Why it is none.
        error: Problem,
    },
    /// A frame longer than any request: what follows is no frame any more.
    TooLarge,
    /// The browser went away, perhaps in the middle of a frame.
    End,
}

/// Reads the next frame.
pub fn hear(input: &mut impl Read) -> Heard {
    match decode_message_opt(input, MAX_REQUEST_LEN) {
        Ok(Some(text)) => match Request::parse(&text) {
            Ok(request) => Heard::Request(request),
            Err(error) => no_request(id_in(&text), error.to_string()),
        },
        Err(NmError::IncomingNotUtf8(error)) => no_request(None, error.to_string()),
        Err(NmError::IncomingTooLarge { .. }) => Heard::TooLarge,
        _ => Heard::End,
    }
}

fn no_request(id: Option<u32>, reason: String) -> Heard {
    Heard::NoRequest { id, error: Problem::BadRequest { reason } }
}

fn id_in(text: &str) -> Option<u32> {
    let message: serde_json::Value = serde_json::from_str(text).ok()?;
    u32::try_from(message.get("id")?.as_u64()?).ok()
}
