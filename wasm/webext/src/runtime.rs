//! `chrome.runtime`: ports and messages to the service worker.

use crate::object::object;
use crate::promise::on_settled;
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Port;

    type PortEvent;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = connect)]
    fn runtime_connect(info: &Object) -> Port;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    fn runtime_send_message(message: &JsValue) -> Promise;

    #[wasm_bindgen(method, getter, js_name = onMessage)]
    fn on_message(this: &Port) -> PortEvent;

    #[wasm_bindgen(method, getter, js_name = onDisconnect)]
    fn on_disconnect(this: &Port) -> PortEvent;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Port, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    fn disconnect(this: &Port);

    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &PortEvent, listener: &Function);
}

/// An open port to the service worker, with its listeners. Dropping it disconnects the port.
pub struct PortConnection {
    port: Port,
    _on_message: Closure<dyn FnMut(JsValue)>,
    _on_disconnect: Closure<dyn FnMut()>,
}

impl PortConnection {
    /// Connects to the service worker under a port name. `on_disconnect` is called when the other end closes
    /// the port, not when this connection is dropped.
    pub fn open(
        name: &str,
        on_message: impl FnMut(JsValue) + 'static,
        on_disconnect: impl FnMut() + 'static,
    ) -> Self {
        let port = runtime_connect(&object(&[("name", &name.into())]));
        let on_message = Closure::new(on_message);
        let on_disconnect = Closure::new(on_disconnect);
        port.on_message().add_listener(on_message.as_ref().unchecked_ref());
        port.on_disconnect().add_listener(on_disconnect.as_ref().unchecked_ref());
        Self { port, _on_message: on_message, _on_disconnect: on_disconnect }
    }

    /// Sends a message. If the port is already closed, the message is lost and `on_disconnect` reports it.
    pub fn send(&self, message: &JsValue) {
        let _ = self.port.post_message(message);
    }
}

impl Drop for PortConnection {
    fn drop(&mut self) {
        self.port.disconnect();
    }
}

/// Sends an extension message to the service worker. `on_reply` is called with the reply, or with `None` if
/// the message could not be delivered.
pub fn send_message(message: &JsValue, on_reply: impl Fn(Option<JsValue>) + 'static) {
    on_settled(&runtime_send_message(message), on_reply);
}
