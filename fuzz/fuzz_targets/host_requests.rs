//! Reads any input as native-messaging frames: every frame is read, none beyond its end, and an accepted
//! request has no other fields than those of a request.
#![no_main]

#[path = "../../native-host/host/src/request_reader.rs"]
mod request_reader;

use eimza_protocol::{HostMessage, MAX_REQUEST_LEN, Problem, Request};
use libfuzzer_sys::fuzz_target;
use request_reader::{Incoming, read_request};
use serde_json::Value;

/// The size of the length in front of a message.
const LENGTH_SIZE: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    // Both as frames and as the content of one frame.
    read_all(bytes, None);
    if bytes.len() <= MAX_REQUEST_LEN {
        let length = u32::try_from(bytes.len()).expect("at most MAX_REQUEST_LEN");
        read_all(&[&length.to_ne_bytes(), bytes].concat(), Some(bytes));
    }
});

fn read_all(mut input: &[u8], only_message: Option<&[u8]>) {
    loop {
        let before = input;
        let incoming = read_request(&mut input);
        let frame = &before[..before.len() - input.len()];
        match incoming {
            Incoming::Request(request) => {
                assert!(only_message.is_none_or(|text| &frame[LENGTH_SIZE..] == text));
                check(&frame[LENGTH_SIZE..], &request);
            }
            Incoming::Invalid { id, reason } => {
                let error = Problem::BadRequest { reason };
                serde_json::to_string(&HostMessage::Error { id, error }).expect("serializes");
            }
            Incoming::TooLarge => {
                let length = before.first_chunk().map(|length| u32::from_ne_bytes(*length));
                assert!(length.is_some_and(|length| length as usize > MAX_REQUEST_LEN));
                return;
            }
            Incoming::End => return,
        }
        assert!((LENGTH_SIZE..=LENGTH_SIZE + MAX_REQUEST_LEN).contains(&frame.len()));
    }
}

fn check(text: &[u8], request: &Request) {
    let message: Value = serde_json::from_slice(text).expect("a request is JSON");
    let fields = ["id", "command", "lang", "reader"];
    let object = message.as_object().expect("a request is an object");
    assert!(object.keys().all(|key| fields.contains(&key.as_str())), "{message}");
    assert_eq!(message["id"], request.id);
    let serialized = serde_json::to_string(request).expect("serializes");
    assert_eq!(&Request::parse(&serialized).expect("parses again"), request);
}
