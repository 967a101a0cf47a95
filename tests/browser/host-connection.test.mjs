// A host that is missing, forbidden, of another version, crashed or silent: each has its own message.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { HOST, launch, registerHost } from './browser.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-hosts-'));
after(() => fs.rmSync(folder, { recursive: true }));

/** Writes a program that replaces the host; returns its path. */
function program(name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text, { mode: 0o755 });
  return { path: file };
}

/** Writes a host that sends a message and waits for the end of its input; returns its path. */
const hostSending = (name, message) => program(name, `#!/usr/bin/env node
const text = Buffer.from(${JSON.stringify(JSON.stringify(message))});
const length = Buffer.alloc(4);
length.writeUInt32LE(text.length);
process.stdout.write(Buffer.concat([length, text]));
process.stdin.on('end', () => process.exit(0)).resume();
`);

const hello = (protocol) => ({ hello: { protocol, version: '9.9.9' } });

for (const [name, host, happened, remedy] of [
  ['not installed', null, 'Kart programı bu bilgisayarda kurulu değil', 'kart programı olmadan da çalışır'],
  ['registered, but gone', { path: path.join(folder, 'gone') }, 'Kart programı bu bilgisayarda kurulu değil', 'kart programı olmadan da çalışır'],
  ['forbidden', { allowed_origins: ['chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'] }, 'bu uzantıya izin vermiyor', 'bilgi işlem biriminize sorun'],
  ['too old', hostSending('old', hello(0)), 'Kart programı eski.', 'Kart programını güncelleyin'],
  ['too new', hostSending('new', hello(2)), 'Kart programı bu uzantıdan yeni.', 'Uzantıyı güncelleyin'],
  ['speaking of unknown things', hostSending('odd', { greeting: 'merhaba' }), 'Kart programı bu uzantıdan yeni.', 'Uzantıyı güncelleyin'],
  ['dead', program('dead', '#!/bin/sh\nexit 3\n'), 'Kart programı beklenmedik biçimde kapandı.', 'Yeniden dene'],
  ['silent', program('silent', '#!/bin/sh\ncat > /dev/null\n'), 'Kart programı yanıt vermedi.', 'Yeniden dene'],
  ['without a smart-card service', program('serviceless', `#!/bin/sh\nPCSCLITE_CSOCK_NAME=/nonexistent exec ${HOST} "$@"\n`), 'Akıllı kart servisi çalışmıyor.', 'pcscd'],
]) {
  test(name, async () => {
    const browser = await launch({ host });
    try {
      const panel = await browser.openPanel();
      await panel.waitForText(happened);
      await panel.waitForText(remedy);
      assert.ok((await panel.buttons()).includes('Yeniden dene'));
    } finally {
      await browser.close();
    }
  });
}

test('the host registers with Chromium and unregisters', async () => {
  const home = fs.mkdtempSync(path.join(folder, 'home-'));
  const profile = path.join(home, '.config/chromium');
  fs.mkdirSync(profile, { recursive: true });
  const host = (...what) => execFileSync(HOST, what, { env: { ...process.env, HOME: home, XDG_CONFIG_HOME: '' }, encoding: 'utf8' });
  assert.match(host('register'), /^Chromium: tanıtıldı/mu);
  const browser = await launch({ profile });
  try {
    const panel = await browser.openPanel();
    await panel.waitForText('Okuyucuda kart yok.');
  } finally {
    await browser.close();
  }
  assert.match(host('unregister'), /^Chromium: kayıt silindi/mu);
  assert.deepEqual(fs.readdirSync(path.join(profile, 'NativeMessagingHosts')), []);
});

test('a host that is installed while the panel is open is detected', async () => {
  const browser = await launch({ host: null });
  try {
    const panel = await browser.openPanel();
    await panel.waitForText('kurulu değil');
    registerHost(browser.profile);
    await panel.waitForText('Kart okuyucu');
  } finally {
    await browser.close();
  }
});
