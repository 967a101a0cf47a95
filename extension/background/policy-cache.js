// Caches the institution profile set by policy, for the content scripts. Chromium reports managed storage only two
// seconds after its start (it waits for all policy providers). Pages wait that long only the first time, so a policy
// that changed while the browser was closed reaches them a little later. The panel, which shows bank accounts, always
// reads managed storage itself.
import { onManagedStorageChanged, readManagedStorage } from '#platform';
import { MANAGED_PROFILE_KEY, POLICY_CACHE_KEY } from '../shared/storage-keys.js';

/** How long a page waits for the browser's first report, in milliseconds; a busy machine may take much longer. */
const MAX_WAIT = 3000;

/** Serializes refreshes. */
let refreshed = Promise.resolve();
let isRefreshRequested = false;

/**
 * Returns the profile that the browser reported last. When it reports another one, the storage's change event fires.
 * @returns {Promise<unknown>} undefined without a profile
 */
export async function cachedPolicyProfile() {
  if (!isRefreshRequested) requestRefresh();
  const cached = await readCache();
  if (cached !== undefined) return cached ?? undefined;
  // A later report changes the cache, whereupon the content scripts ask again.
  await Promise.race([refreshed, new Promise((resolve) => { setTimeout(resolve, MAX_WAIT); })]);
  return await readCache() ?? undefined;
}

/** @returns {Promise<unknown>} null where there is no profile, undefined where the browser has not reported yet */
const readCache = async () => (await chrome.storage.local.get(POLICY_CACHE_KEY))[POLICY_CACHE_KEY];

function requestRefresh() {
  isRefreshRequested = true;
  refreshed = refreshed.then(refresh).catch(() => { isRefreshRequested = false; });
}

async function refresh() {
  const profile = await readManagedStorage(MANAGED_PROFILE_KEY) ?? null;
  if (JSON.stringify(profile) !== JSON.stringify(await readCache())) {
    await chrome.storage.local.set({ [POLICY_CACHE_KEY]: profile });
  }
}

onManagedStorageChanged(requestRefresh);
