// Writes the saved state (wasm/guide/src/saved_state/); no other script does. A lock serializes changes, so that
// concurrent ones are not lost.
import { SAVED_STATE_KEY } from '../shared/storage-keys.js';
import { applyChange, ready, recordReminder, recordVisit } from '../shared/wasm-module.js';

/**
 * Replaces the saved state.
 * @param {(current: unknown) => unknown} next returns undefined for no change
 * @returns {Promise<void>} rejected where the change cannot be applied
 */
const update = async (next) => navigator.locks.request(SAVED_STATE_KEY, async () => {
  const [{ [SAVED_STATE_KEY]: current }] = await Promise.all([chrome.storage.local.get(SAVED_STATE_KEY), ready]);
  const changed = next(current);
  if (changed !== undefined) await chrome.storage.local.set({ [SAVED_STATE_KEY]: changed });
});

/**
 * Records that the user visited a screen.
 * @param {import('../types/messages').PageVisit} visit
 */
export const saveVisit = (visit) => update((state) => recordVisit(state, visit));

/**
 * Applies a change made by the user.
 * @param {import('../types/messages').Change} change
 */
export const saveChange = (change) => update((state) => applyChange(state, change));

/** Records that the user was told today of the end of the certificate. */
export const saveReminded = () => update(recordReminder);
