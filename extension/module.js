// The WebAssembly module, started once in each context, and what it is told of the user.
import init from './wasm/eimza_app.js';

export * from './wasm/eimza_app.js';

// The address is given because the glue's own guess is wrong under use_dynamic_url.
export const ready = init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') });

const platform = chrome.runtime.getPlatformInfo();

/** What the browser's administrator laid down; nothing where the browser knows no policies. */
export async function policy() {
  try {
    return (await chrome.storage.managed.get('institution')).institution;
  } catch {
    return undefined;
  }
}

/**
 * @param {Promise<object | undefined>} [institution] the profile that a policy lays down
 * @returns {Promise<{lang?: string, notebook?: object, managed?: object, os: string}>} once the
 *   module is ready; `managed` is that profile
 */
export async function known(institution = policy()) {
  const [{ lang, notebook }, managed, { os }] = await Promise.all([
    chrome.storage.local.get(['lang', 'notebook']), institution, platform, ready,
  ]);
  return { lang, notebook, managed, os };
}
