// Starts the WebAssembly module (wasm/app), once in each context, and re-exports its functions.
import init from 'eimza-app';

export * from 'eimza-app';

/**
 * Settles when the module's functions can be called. The URL is passed explicitly because the glue code derives a
 * wrong one under `use_dynamic_url`.
 */
export const ready = init({ module_or_path: chrome.runtime.getURL('wasm/eimza_app_bg.wasm') });
