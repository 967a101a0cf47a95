// The end of the certificate: remembered with the user's yes, shown on the toolbar button, told by notifications, saved
// as a calendar file, and forgotten.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { EXTENSION, launch } from './browser.mjs';
import { ScriptedHost, readerWithCard } from './scripted-host.mjs';
import { until } from './until.mjs';

const DAY = 86_400_000;
const TURKEY = 3 * 3_600_000;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-reminder-'));
const host = new ScriptedHost(folder, { readers: [readerWithCard()] });
after(() => fs.rmSync(folder, { recursive: true }));

/** Returns the day in Turkey after a number of days, as it is stored. */
const dayIn = (days) => new Date(Date.now() + TURKEY + days * DAY).toISOString().slice(0, 10);

/**
 * Copies the extension with notifications as a permission of the installation: nothing can press the button of the
 * browser's own question.
 */
function allowingNotifications() {
  const copy = path.join(folder, 'extension');
  fs.cpSync(EXTENSION, copy, { recursive: true });
  const file = path.join(copy, 'manifest.json');
  const { optional_permissions: optional, ...manifest } = JSON.parse(fs.readFileSync(file, 'utf8'));
  manifest.permissions.push(...optional);
  fs.writeFileSync(file, JSON.stringify(manifest));
  return copy;
}

const state = async (browser) => (await (await browser.worker()).evaluate(() => chrome.storage.local.get('notebook'))).notebook;
const badge = async (browser) => (await browser.worker()).evaluate(() => chrome.action.getBadgeText({}));
const title = async (browser) => (await browser.worker()).evaluate(() => chrome.action.getTitle({}));
const alarm = async (browser) => (await browser.worker()).evaluate(() => chrome.alarms.get('reminder'));
const notifications = async (browser) => Object.keys(await (await browser.worker()).evaluate(() => chrome.notifications.getAll()));

describe('without notifications', () => {
  let browser;
  before(async () => { browser = await launch({ host: host.manifest }); });
  after(() => browser?.close());
  beforeEach(async () => {
    if (await browser.panelIsOpen()) await browser.pressToolbarButton(browser.context.pages()[0]);
    await until('the closed panel', async () => !await browser.panelIsOpen());
    await browser.setSavedState({});
  });

  test('nothing is remembered and nothing shown unless the user says yes', async () => {
    host.report({ readers: [readerWithCard({ days: 43 })] });
    const panel = await browser.openPanel();
    await panel.waitForText('90, 30 ve 7 gün kala hatırlatılsın mı?');
    assert.equal((await state(browser)).reminder, undefined);
    assert.equal(await badge(browser), '');
    assert.equal(await alarm(browser), undefined);
    assert.equal(await (await browser.worker()).evaluate(() => typeof chrome.notifications), 'undefined');
  });

  test('with a yes the day is stored, and the button counts the days', async () => {
    host.report({ readers: [readerWithCard({ days: 43 })] });
    const panel = await browser.openPanel();
    await panel.press('Evet, hatırlat');
    await panel.waitForText('Sertifikanız 43 gün sonra bitiyor');
    assert.deepEqual((await state(browser)).reminder, { version: 1, ends: dayIn(43), told: 90 });
    await until('the badge', async () => await badge(browser) === '43');
    assert.match(await title(browser), /^Sertifikanız 43 gün sonra bitiyor/);
    const { scheduledTime } = await alarm(browser);
    assert.ok(scheduledTime > Date.now() && scheduledTime <= Date.now() + DAY, 'within a day');
    assert.equal(new Date(scheduledTime + TURKEY).toISOString().slice(11, 16), '09:00');
  });

  test('a distant end is remembered without a badge', async () => {
    host.report({ readers: [readerWithCard({ days: 700 })] });
    const panel = await browser.openPanel();
    await panel.press('Evet, hatırlat');
    await panel.waitForText('Hatırlatmayı kapat');
    await until('the alarm', () => alarm(browser));
    assert.equal(await badge(browser), '');
    assert.equal(await title(browser), 'e-İmza Yardımcısı');
  });

  test('it goes when the user says so, with badge and alarm', async () => {
    host.report({ readers: [] });
    await browser.setSavedState({ reminder: { version: 1, ends: dayIn(20) } });
    await until('the badge', async () => await badge(browser) === '20');
    const panel = await browser.openPanel();
    await panel.press('Hatırlatmayı kapat');
    await until('no badge', async () => await badge(browser) === '');
    await until('no alarm', async () => await alarm(browser) === undefined);
    assert.equal((await state(browser)).reminder, undefined);
  });

  test('it goes when another card is shown, and stays with the same card', async () => {
    host.report({ readers: [readerWithCard({ days: 20 })] });
    await browser.setSavedState({ reminder: { version: 1, ends: dayIn(20) } });
    const panel = await browser.openPanel();
    await panel.waitForText('Sertifikanız 20 gün sonra bitiyor');
    host.report({ readers: [{ name: 'ACS', error: { code: 'no-card' } }] });
    await panel.waitForText('Okuyucuda kart yok');
    assert.equal((await state(browser)).reminder.ends, dayIn(20), 'a removed card is no other card');
    host.report({ readers: [readerWithCard({ days: 1000 })] });
    await until('no reminder', async () => (await state(browser)).reminder === undefined);
    await until('no badge', async () => await badge(browser) === '');
  });

  test('an end that has passed is marked, not counted', async () => {
    await browser.setSavedState({ reminder: { version: 1, ends: dayIn(-3) } });
    await until('the badge', async () => await badge(browser) === '!');
    assert.match(await title(browser), /süresi .* günü doldu/);
  });

  test('a stored reminder of another version is ignored', async () => {
    await browser.setSavedState({ reminder: { version: 2, ends: dayIn(20) }, current: 'lost' });
    const panel = await browser.openPanel();
    await panel.waitForText('Yardım');
    assert.equal(await badge(browser), '');
  });

  test('the calendar file is saved under the day’s name, with an alarm at each stage', async () => {
    host.report({ readers: [readerWithCard({ days: 43 })] });
    const panel = await browser.openPanel();
    await panel.waitForText('Takvime ekle');
    const session = await panel.page.context().newCDPSession(panel.page);
    const saved = path.join(folder, 'saved');
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: saved });
    await panel.press('Takvime ekle (.ics)');
    await panel.waitForText('Takvim dosyası indirildi');
    const file = path.join(saved, `e-imza-${dayIn(43)}.ics`);
    await until('the file', () => fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes('END:VCALENDAR'));
    const text = fs.readFileSync(file, 'utf8');
    assert.match(text, new RegExp(`^DTSTART;VALUE=DATE:${dayIn(43).replaceAll('-', '')}\r$`, 'm'));
    assert.deepEqual(text.match(/^TRIGGER.*(?=\r$)/gm), ['TRIGGER:-P90D', 'TRIGGER:-P30D', 'TRIGGER:-P7D']);
    assert.doesNotMatch(text, /ÖRNEK|4B414D55/, 'no name, no number');
  });
});

describe('with notifications', () => {
  let browser;
  before(async () => { browser = await launch({ host: host.manifest, extension: allowingNotifications() }); });
  after(() => browser?.close());

  test('each stage is told once', async () => {
    await browser.setSavedState({ reminder: { version: 1, ends: dayIn(29), told: 90 } });
    await until('the notification', async () => (await notifications(browser)).length === 1);
    await until('the record', async () => (await state(browser)).reminder.told === 30);
    await (await browser.worker()).evaluate(() => chrome.notifications.clear('reminder'));
    await (await browser.worker()).evaluate(() => chrome.storage.local.set({ lang: 'en' })); // makes it look again
    await until('the title in English', async () => (await title(browser)).startsWith('Your certificate expires in 29 days'));
    assert.deepEqual(await notifications(browser), []);
  });

  test('what the user has just agreed to is not told again', async () => {
    await (await browser.worker()).evaluate(() => chrome.storage.local.remove('lang'));
    host.report({ readers: [readerWithCard({ days: 5 })] });
    await browser.setSavedState({});
    const panel = await browser.openPanel();
    await panel.press('Evet, hatırlat');
    await until('the badge', async () => await badge(browser) === '5');
    assert.deepEqual(await notifications(browser), []);
    assert.equal((await state(browser)).reminder.told, 7);
  });
});
