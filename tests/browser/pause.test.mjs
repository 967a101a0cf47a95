// How often a page is read again: whatever it does, most of the time is left to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseBeforeReading } from '../../extension/content/reading/pause.js';

/** Returns the share of the time that readings take on a page that changes all the time. */
function shareOf(readingTime, byUser) {
  let [busy, passed] = [0, 0];
  for (let reading = 0; reading < 100; reading += 1) {
    busy += readingTime;
    passed += readingTime + pauseBeforeReading(readingTime, byUser, false);
  }
  return busy / passed;
}

test('a page that changes by itself is read for a tenth of the time at most, whatever a reading costs', () => {
  for (const readingTime of [0, 1, 5, 50, 200, 600, 5000, 60_000]) assert.ok(shareOf(readingTime, false) <= 0.1, String(readingTime));
});

test('while the user types, readings never take more time than the page has in between', () => {
  for (const readingTime of [0, 1, 60, 600, 60_000]) assert.ok(shareOf(readingTime, true) <= 0.5, String(readingTime));
});

test('a quick reading is answered at once', () => {
  assert.equal(pauseBeforeReading(5, true, false), 60);
  assert.equal(pauseBeforeReading(5, false, false), 60);
  assert.equal(pauseBeforeReading(5, false, true), 1000);
});
