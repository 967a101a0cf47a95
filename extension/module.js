// The WebAssembly module, started once in each context, and what it is told of the user.
import init from './wasm/eimza_app.js';

export * from './wasm/eimza_app.js';

// The address is given because the glue's own guess is wrong under use_dynamic_url.
export const ready = init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') });

const platform = chrome.runtime.getPlatformInfo();

/**
 * @returns {Promise<{lang?: string, notebook?: object, os: string}>} once the module is ready
 */
export async function known() {
  const [{ lang, notebook }, { os }] = await Promise.all([
    chrome.storage.local.get(['lang', 'notebook']), platform, ready,
  ]);
  return { lang, notebook, os };
}
