// What differs between browser families, for Chromium, Chrome and Edge. Scripts import it as '#platform'; the bundler
// (rollup.config.js) picks platform/<browser>.js where that file exists, and this one otherwise. A new family is a file
// with the same exports.

/**
 * Connects to the native messaging host. The only call that does.
 * @param {string} name of the host's manifest
 * @returns {chrome.runtime.Port}
 */
export function connectHost(name) {
  return chrome.runtime.connectNative(name);
}

/**
 * Opens the panel beside a tab. Must be called synchronously in the handler of the user's action: after an await the
 * browser rejects it.
 * @param {number} tabId
 */
export function openPanel(tabId) {
  chrome.sidePanel.open({ tabId });
}

/** Makes the toolbar button open and close the panel. */
export function bindPanelToToolbarButton() {
  chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
}

/**
 * Returns a function that applies a style sheet to a shadow root. It is called again whenever the root was attached
 * anew: adopted style sheets are lost when the page moves the host into another document.
 * @param {string} css
 * @returns {(root: ShadowRoot) => void}
 */
export function styleAttacher(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return (root) => { root.adoptedStyleSheets = [sheet]; };
}
