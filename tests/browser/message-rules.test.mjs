// Message authorization: the table of who may send each message to whom. Other tests attack it in a real browser.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from './browser.mjs';

const ID = 'kendi';
globalThis.chrome = {
  runtime: {
    id: ID,
    getURL: (file) => `chrome-extension://${ID}${file}`,
    getManifest: () => ({ content_scripts: [{ matches: ['https://portal.kamusm.gov.tr/*', '*://www.kamusm.gov.tr/*'] }] }),
  },
};
const { acceptMessage, acceptPort } = await import('../../extension/shared/message-rules.js');

const SENDERS = {
  'a content script': { id: ID, tab: { id: 1 }, url: 'https://portal.kamusm.gov.tr/bp/ws.go', origin: 'https://portal.kamusm.gov.tr' },
  'the panel': { id: ID, url: `chrome-extension://${ID}/panel/index.html`, origin: `chrome-extension://${ID}` },
  'a page in a tab': { id: ID, tab: { id: 1 }, url: `chrome-extension://${ID}/panel/transfer.html`, origin: `chrome-extension://${ID}` },
  'the worker': { id: ID, origin: `chrome-extension://${ID}` },
  'a content script elsewhere': { id: ID, tab: { id: 1 }, url: 'https://example.org/', origin: 'https://example.org' },
  'a content script without an origin': { id: ID, tab: { id: 1 }, url: 'about:blank', origin: 'null' },
  'another extension': { id: 'yabanci', url: `chrome-extension://${ID}/panel/index.html` },
  'a page that is named like ours': { id: ID, tab: { id: 1 }, url: `https://example.org/chrome-extension://${ID}/`, origin: 'https://example.org' },
};

/** Every message with who may send it, and to whom. */
const MESSAGES = [
  [{ type: 'advise', snapshot: {} }, ['a content script'], 'worker'],
  [{ type: 'openPanel', view: 'card' }, ['a content script'], 'worker'],
  [{ type: 'getFolded' }, ['a content script'], 'worker'],
  [{ type: 'setFolded', folded: true }, ['a content script'], 'worker'],
  [{ type: 'applyChange', change: {} }, ['the panel', 'a page in a tab'], 'worker'],
  [{ type: 'getTransferSheet' }, ['the panel', 'a page in a tab'], 'page'],
  [{ type: 'setPage', tab: 1, screen: null }, ['the worker', 'the panel'], 'page'],
  [{ type: 'getPage' }, ['the panel', 'a page in a tab'], 'content-script'],
  [{ type: 'settingsChanged' }, ['the worker', 'the panel'], 'content-script'],
];

test('the table has a rule for every message that is declared', () => {
  const declared = fs.readFileSync(path.join(ROOT, 'extension/types/messages.d.ts'), 'utf8');
  const union = declared.slice(declared.indexOf('export type ExtensionMessage'), declared.indexOf('export type PortMessage'));
  const types = [...union.matchAll(/"type": "(\w+)"/g)].map(([, type]) => type);
  assert.deepEqual(types.sort(), MESSAGES.map(([{ type }]) => type).sort());
});

test('each message is accepted from its senders only, and by its receiver only', () => {
  for (const [message, allowed, receiver] of MESSAGES) {
    for (const [name, sender] of Object.entries(SENDERS)) {
      for (const each of ['worker', 'page', 'content-script']) {
        const expected = allowed.includes(name) && each === receiver ? message : null;
        assert.equal(acceptMessage(message, sender, each), expected, `${message.type} of ${name} to ${each}`);
      }
    }
  }
});

test('malformed messages are accepted from nobody', () => {
  const malformed = [
    null, undefined, 'advise', 7, [], {}, { type: 'unlock' }, { type: 'constructor' }, { type: '__proto__' }, { type: ['advise'] },
    { type: 'advise' }, { type: 'advise', snapshot: null }, { type: 'advise', snapshot: {}, pin: '1234' },
    { type: 'openPanel' }, { type: 'openPanel', view: 'host' }, { type: 'setFolded', folded: 'true' },
    { type: 'setFolded', folded: { imported: [] } }, { type: 'getFolded', key: 'notebook' }, { type: 'applyChange', change: 'forget' },
    { type: 'setPage', tab: '1', screen: null },
  ];
  for (const message of malformed) {
    for (const sender of Object.values(SENDERS)) {
      for (const receiver of ['worker', 'page', 'content-script']) {
        assert.equal(acceptMessage(message, sender, receiver), null, JSON.stringify(message));
      }
    }
  }
});

test('only pages of the extension open the port to the card', () => {
  for (const [name, sender] of Object.entries(SENDERS)) {
    assert.equal(acceptPort({ name: 'card', sender }), ['the panel', 'a page in a tab'].includes(name), name);
    for (const other of ['sheet', 'constructor', '']) assert.equal(acceptPort({ name: other, sender }), false, other);
  }
});
