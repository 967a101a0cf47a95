//! Any input of the host: every frame is read and nothing beyond its end, and a request contains only the
//! fields of a request.
#![no_main]

#[path = "../../native-host/host/src/hearing.rs"]
mod hearing;

use eimza_protocol::{MAX_REQUEST_LEN, Message, Request};
use hearing::{Heard, hear};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const LENGTH_FIELD: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    // As frames, and as the content of one frame.
    check_frames(bytes, None);
    if bytes.len() <= MAX_REQUEST_LEN {
        let length = u32::try_from(bytes.len()).expect("at most MAX_REQUEST_LEN");
        check_frames(&[&length.to_ne_bytes(), bytes].concat(), Some(bytes));
    }
});

/// Checks all frames of an input; `content` is the content of the only frame, if known.
fn check_frames(mut input: &[u8], content: Option<&[u8]>) {
    loop {
        let before = input;
        let heard = hear(&mut input);
        let frame = &before[..before.len() - input.len()];
        match heard {
            Heard::Request(request) => {
                assert_eq!(content.is_none_or(|text| &frame[LENGTH_FIELD..] == text), true);
                check_request(&frame[LENGTH_FIELD..], &request);
            }
            Heard::NoRequest { id, error } => {
                serde_json::to_string(&Message::Error { id, error }).expect("serializes");
            }
            Heard::TooLarge => {
                let length = before.first_chunk().map(|head| u32::from_ne_bytes(*head));
                assert!(length.is_some_and(|length| length as usize > MAX_REQUEST_LEN));
                return;
            }
            Heard::End => return,
        }
        assert!((LENGTH_FIELD..=LENGTH_FIELD + MAX_REQUEST_LEN).contains(&frame.len()));
    }
}

fn check_request(text: &[u8], request: &Request) {
    let value: Value = serde_json::from_slice(text).expect("a request is JSON");
    let known = ["id", "command", "lang", "reader"];
    assert!(value.as_object().expect("an object").keys().all(|key| known.contains(&key.as_str())), "{value}");
    assert_eq!(value["id"], request.id);
    let serialized = serde_json::to_string(request).expect("serializes");
    assert_eq!(&Request::parse(&serialized).expect("parses again"), request);
}
