// Keys of the extension's storage. Some names were chosen by older versions; stored data depends on them.

/** `storage.local`: the language that the user chose. The panel writes it (wasm/app/src/panel/effects/runner.rs). */
export const LANGUAGE_KEY = 'lang';
/** `storage.local`: the saved state (wasm/guide/src/saved_state/). */
export const SAVED_STATE_KEY = 'notebook';
/** `storage.local`: the institution profile set by policy, as the browser reported it last. */
export const POLICY_CACHE_KEY = 'policy';
/** `storage.local`: whether the user folded the corner panel. */
export const FOLDED_KEY = 'overlayFolded';
/** `storage.session`: the view that the panel is asked to show. */
export const VIEW_REQUEST_KEY = 'requestedView';
/** `storage.session`: the id of the window of its own in which the panel is open. */
export const PANEL_WINDOW_KEY = 'panelWindow';
/** `storage.session`: the ids of the tabs that were open before the extension was installed or updated. */
export const OPEN_BEFORE_KEY = 'openBefore';
/** `storage.managed`: the institution profile that an administrator set (manifest/managed.json). */
export const MANAGED_PROFILE_KEY = 'institution';
