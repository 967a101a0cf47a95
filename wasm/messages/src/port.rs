//! Messages of the port between an extension page and the worker.

use eimza_protocol::HostMessage;
use serde::{Deserialize, Serialize};

/// A message of the worker through the port that connects a page with the native host. In the other direction
/// the port carries the requests of `eimza-protocol` unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum PortMessage {
    /// A message of the native host, which the worker relays without reading it.
    Host(#[cfg_attr(feature = "ts", ts(type = "unknown"))] HostMessage),
    /// The host ended or could not be started; the browser's reason.
    Lost(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<PortMessage, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn host_messages_are_wrapped() {
        let hello = r#"{"hello":{"protocol":1,"version":"1.2.3"}}"#;
        let message = PortMessage::Host(serde_json::from_str(hello).unwrap());
        let json = format!(r#"{{"host":{hello}}}"#);
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
        assert_eq!(parse(&json).unwrap(), message);
    }

    #[test]
    fn lost_connection_has_a_reason() {
        let json = r#"{"lost":"Native host has exited."}"#;
        let message = PortMessage::Lost("Native host has exited.".to_owned());
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
        assert_eq!(parse(json).unwrap(), message);
    }

    #[test]
    fn unknown_messages_are_rejected() {
        for json in [r#"{"page":{}}"#, r#"{"lost":"","more":1}"#, r#"{"host":{"pin":"1234"}}"#] {
            assert!(parse(json).is_err(), "{json}");
        }
    }
}
