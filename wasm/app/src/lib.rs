//! The WebAssembly module of the extension, and the only crate that knows the browser.
//!
//! The service worker calls [`advise`], [`wants_quarters`], [`provide_quarters`], [`record_visit`], [`apply_change`],
//! [`reminder_display`] and [`record_reminder`]; the extension's pages call
//! [`show_loading`], [`open_panel`], [`open_welcome`], [`open_list`] and [`open_sheet`].

mod answer;
mod browser_state;
mod clock;
mod guide_line;
mod panel;
mod reminder;

use browser_state::BrowserState;
use eimza_guide::{Environment, Institution, Os, PageSnapshot, SavedState};
use eimza_messages::RequestedView;
use eimza_protocol::Lang;
use eimza_webext::json::{self, JsonError};
use panel::ExtensionPage;
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

/// Types that the generated declarations name. The saved state and the profile are opaque to scripts.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Answer, Change, PageSnapshot, PageVisit, ReminderDisplay, RequestedView, Sheet } from '../../extension/types/messages';

/** What the scripts load from the browser about the user. */
export interface BrowserState {
    /** The language that the user chose. */
    lang: string | undefined;
    /** The saved state as it is stored, if any. */
    savedState: unknown;
    /** The institution profile set by policy, if any. */
    managed: unknown;
    /** The operating system, in the browser's terms. */
    os: string;
    /** The address of the product's own page, if the manifest names one. */
    homepage: string | undefined;
}
"#;

/// Returns the hints on a page in the user's language.
///
/// `saved_state` is the stored state or nothing, `managed` the institution profile set by policy or nothing,
/// `platform` the browser's name of the operating system.
///
/// # Errors
/// If the snapshot is not a `PageSnapshot`.
#[wasm_bindgen(unchecked_return_type = "Answer")]
pub fn advise(
    #[wasm_bindgen(unchecked_param_type = "PageSnapshot")] snapshot: &JsValue,
    lang: Option<String>,
    #[wasm_bindgen(unchecked_param_type = "unknown")] saved_state: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] managed: &JsValue,
    platform: &str,
) -> Result<JsValue, JsonError> {
    let snapshot: PageSnapshot = json::from_js(snapshot)?;
    let environment = Environment { os: Some(Os::from_platform(platform)), today: clock::today() };
    json::to_js(&answer::answer(&snapshot, &read_state(saved_state, managed), environment, language(lang)))
}

/// Returns whether [`advise`] would say more about a page with the quarters of [`provide_quarters`].
///
/// # Errors
/// If the snapshot is not a `PageSnapshot`.
#[wasm_bindgen(js_name = wantsQuarters)]
pub fn wants_quarters(
    #[wasm_bindgen(unchecked_param_type = "PageSnapshot")] snapshot: &JsValue,
) -> Result<bool, JsonError> {
    Ok(eimza_guide::wants_quarters(&json::from_js(snapshot)?))
}

/// Provides the quarters of all districts: the content of the extension's file `wasm/quarters`.
#[wasm_bindgen(js_name = provideQuarters)]
pub fn provide_quarters(packed: &[u8]) {
    eimza_guide::provide_quarters(packed);
}

/// Returns the saved state after a visit to a screen; undefined if it does not change.
///
/// # Errors
/// If the visit is not a `PageVisit`.
#[wasm_bindgen(js_name = recordVisit, unchecked_return_type = "unknown")]
pub fn record_visit(
    #[wasm_bindgen(unchecked_param_type = "unknown")] saved_state: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "PageVisit")] visit: &JsValue,
) -> Result<JsValue, JsonError> {
    let mut saved_state = read_state(saved_state, &JsValue::UNDEFINED);
    let visit = json::from_js(visit)?;
    let changes = clock::today().is_some_and(|today| saved_state.record_visit(&visit, today));
    if changes { json::to_js(&saved_state) } else { Ok(JsValue::UNDEFINED) }
}

/// Returns the saved state after a change by the user.
///
/// # Errors
/// If the change is not a `Change`.
#[wasm_bindgen(js_name = applyChange, unchecked_return_type = "unknown")]
pub fn apply_change(
    #[wasm_bindgen(unchecked_param_type = "unknown")] saved_state: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Change")] change: &JsValue,
) -> Result<JsValue, JsonError> {
    let mut saved_state = read_state(saved_state, &JsValue::UNDEFINED);
    saved_state.apply(&json::from_js(change)?);
    json::to_js(&saved_state)
}

/// Returns what the browser shows of the remembered end of the certificate.
///
/// # Errors
/// If the result cannot be converted.
#[wasm_bindgen(js_name = reminderDisplay, unchecked_return_type = "ReminderDisplay")]
pub fn reminder_display(
    #[wasm_bindgen(unchecked_param_type = "unknown")] saved_state: &JsValue,
    lang: Option<String>,
) -> Result<JsValue, JsonError> {
    let saved_state = read_state(saved_state, &JsValue::UNDEFINED);
    json::to_js(&reminder::display(&saved_state, language(lang), eimza_webext::unix_time()))
}

/// Returns the saved state after a notification of today was shown; undefined if nothing is remembered.
///
/// # Errors
/// If the result cannot be converted.
#[wasm_bindgen(js_name = recordReminder, unchecked_return_type = "unknown")]
pub fn record_reminder(
    #[wasm_bindgen(unchecked_param_type = "unknown")] saved_state: &JsValue,
) -> Result<JsValue, JsonError> {
    let mut saved_state = read_state(saved_state, &JsValue::UNDEFINED);
    let (Some(reminder), Some(today)) = (&mut saved_state.reminder, clock::today()) else {
        return Ok(JsValue::UNDEFINED);
    };
    reminder.record_told(today);
    json::to_js(&saved_state)
}

/// Reads the stored state and adds the profile set by policy. A state that cannot be read counts as empty:
/// only ticks are lost.
fn read_state(saved_state: &JsValue, managed: &JsValue) -> SavedState {
    let mut saved_state: SavedState = json::from_js(saved_state).unwrap_or_default();
    // A policy contains the profile as a value; it is validated like a profile file.
    saved_state.policy = json::to_pretty_text(managed).map(|profile| Institution::read(&profile));
    saved_state
}

/// The side panel, with a method for each browser event that concerns it.
#[wasm_bindgen]
pub struct SidePanel(panel::Panel);

#[wasm_bindgen]
impl SidePanel {
    /// Handles a change of the saved state, the policy or the language.
    #[wasm_bindgen(js_name = stateChanged)]
    pub fn state_changed(&self, browser_state: &BrowserState) {
        self.0.user_data_changed(user_data(browser_state));
    }

    /// Returns the shown transfer for printing; undefined if none is shown.
    #[wasm_bindgen(js_name = transferSheet, unchecked_return_type = "Sheet | undefined")]
    pub fn transfer_sheet(&self) -> JsValue {
        self.0.transfer_sheet().and_then(|sheet| json::to_js(&sheet).ok()).unwrap_or(JsValue::UNDEFINED)
    }

    /// Sets the screen in the tab beside the panel, null if it shows no known one; and whether the tab's page is
    /// to be reloaded, because it was open before the extension was installed or updated.
    #[wasm_bindgen(js_name = setPage)]
    pub fn set_page(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | null")] screen: &JsValue,
        needs_reload: bool,
    ) {
        self.0.set_page(json::from_js(screen).ok(), needs_reload);
    }

    /// Shows the view that a button in a page requests.
    #[wasm_bindgen(js_name = showView)]
    pub fn show_view(&self, #[wasm_bindgen(unchecked_param_type = "RequestedView")] view: &str) {
        self.0.show(if view == "guide" { RequestedView::Guide } else { RequestedView::Card });
    }
}

/// Converts what the browser stores about the user.
fn user_data(browser_state: &BrowserState) -> panel::UserData {
    panel::UserData {
        lang: language(browser_state.lang()),
        saved_state: read_state(&browser_state.saved_state(), &browser_state.managed()),
        os: Some(Os::from_platform(&browser_state.os())),
        homepage: homepage(browser_state),
    }
}

/// Returns the address of the product's own page; none unless it is encrypted. It is the same for the life of the
/// extension page.
fn homepage(browser_state: &BrowserState) -> Option<&'static str> {
    static HOMEPAGE: OnceLock<Option<String>> = OnceLock::new();
    HOMEPAGE.get_or_init(|| browser_state.homepage()).as_deref().filter(|url| url.starts_with("https://"))
}

/// Shows in the document that the page is loading.
#[wasm_bindgen(js_name = showLoading)]
pub fn show_loading(lang: Option<String>) {
    panel::show_loading(language(lang));
}

/// Draws the side panel into the document and connects it to the native host.
#[wasm_bindgen(js_name = openPanel)]
pub fn open_panel(browser_state: &BrowserState) -> SidePanel {
    SidePanel(panel::Panel::open(ExtensionPage::SidePanel, user_data(browser_state)))
}

/// Draws the welcome page into the document and connects it to the native host.
#[wasm_bindgen(js_name = openWelcome)]
pub fn open_welcome(browser_state: &BrowserState) {
    // Lives as long as the page: its listeners refer to it.
    std::mem::forget(panel::Panel::open(ExtensionPage::Welcome, user_data(browser_state)));
}

/// Draws the printable checklist of a procedure into the document, or the cover letter of one of its steps.
#[wasm_bindgen(js_name = openList)]
pub fn open_list(browser_state: &BrowserState, procedure: &str, letter: Option<String>) {
    let user = user_data(browser_state);
    match letter {
        Some(step) => panel::print_cover_letter(&user, procedure, &step),
        None => panel::print_checklist(&user, procedure),
    }
}

/// Draws a transfer into the document for printing: the result of [`SidePanel::transfer_sheet`], or null.
#[wasm_bindgen(js_name = openSheet)]
pub fn open_sheet(
    lang: Option<String>,
    #[wasm_bindgen(unchecked_param_type = "Sheet | null")] sheet: &JsValue,
) {
    panel::print_transfer(language(lang), json::from_js(sheet).ok().as_ref());
}

/// Returns Turkish, unless the user chose English.
fn language(stored: Option<String>) -> Lang {
    if stored.is_some_and(|lang| lang == "en") { Lang::En } else { Lang::Tr }
}
