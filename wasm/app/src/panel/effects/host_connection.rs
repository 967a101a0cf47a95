//! The connection to the native host, through the service worker.

use eimza_messages::PortMessage;
use eimza_protocol::{HostMessage, Request};
use eimza_webext::{PortConnection, json};
use wasm_bindgen::JsValue;

/// The port name under which the service worker forwards messages to the native host.
const PORT: &str = "card";

/// A message from the native host, or a change of the connection.
#[derive(Debug, Clone)]
pub(crate) enum HostEvent {
    /// A host message.
    Message(HostMessage),
    /// A message that this version does not understand.
    Unreadable,
    /// The connection ended; the browser's reason, or nothing.
    Disconnected(String),
}

/// An open connection. Dropping it ends the host.
pub(super) struct HostConnection(PortConnection);

impl HostConnection {
    /// Connects to the service worker, which starts the host.
    pub(super) fn open(on_event: impl Fn(HostEvent) + Clone + 'static) -> Self {
        let on_disconnect = on_event.clone();
        let on_message = move |message: JsValue| {
            on_event(match json::from_js(&message) {
                Ok(PortMessage::Host(message)) => HostEvent::Message(message),
                Ok(PortMessage::Lost(reason)) => HostEvent::Disconnected(reason),
                Err(_) => HostEvent::Unreadable,
            });
        };
        Self(PortConnection::open(PORT, on_message, move || {
            on_disconnect(HostEvent::Disconnected(String::new()));
        }))
    }

    /// Sends a request.
    pub(super) fn send(&self, request: &Request) {
        if let Ok(message) = json::to_js(request) {
            self.0.send(&message);
        }
    }
}
