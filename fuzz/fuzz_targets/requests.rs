//! Whatever a program says to the host: every frame is heard, none is read beyond its end, and what is taken for a
//! request has nothing in it but what a request has.
#![no_main]

#[path = "../../native-host/host/src/hearing.rs"]
mod hearing;

use eimza_protocol::{MAX_REQUEST_LEN, Message, Request};
use hearing::{Heard, hear};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const HEAD: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    // As frames, and as what is in one.
    converse(bytes, None);
    if bytes.len() <= MAX_REQUEST_LEN {
        let length = u32::try_from(bytes.len()).expect("far below");
        converse(&[&length.to_ne_bytes(), bytes].concat(), Some(bytes));
    }
});

fn converse(mut input: &[u8], alone: Option<&[u8]>) {
    loop {
        let before = input;
        let heard = hear(&mut input);
        let frame = &before[..before.len() - input.len()];
        match heard {
            Heard::Request(request) => {
                assert_eq!(alone.is_none_or(|text| &frame[HEAD..] == text), true);
                check(&frame[HEAD..], &request);
            }
            Heard::NoRequest { id, error } => {
                serde_json::to_string(&Message::Error { id, error }).expect("it is written");
            }
            Heard::TooLarge => {
                let length = before.first_chunk().map(|head| u32::from_ne_bytes(*head));
                assert!(length.is_some_and(|length| length as usize > MAX_REQUEST_LEN));
                return;
            }
            Heard::End => return,
        }
        assert!((HEAD..=HEAD + MAX_REQUEST_LEN).contains(&frame.len()));
    }
}

fn check(text: &[u8], request: &Request) {
    let said: Value = serde_json::from_slice(text).expect("a request is JSON");
    let known = ["id", "command", "lang", "reader"];
    assert!(said.as_object().expect("an object").keys().all(|key| known.contains(&key.as_str())), "{said}");
    assert_eq!(said["id"], request.id);
    let again = serde_json::to_string(request).expect("it is written");
    assert_eq!(&Request::parse(&again).expect("and read again"), request);
}
