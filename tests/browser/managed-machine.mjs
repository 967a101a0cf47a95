// A managed machine: the extension is packed with its own key, served on loopback, and installed by policy.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { EXTENSION } from './browser.mjs';

/**
 * Computes the id that Chromium assigns to an extension.
 * @param {import('node:crypto').BinaryLike} source its public key; for an unpacked extension without a key, its folder
 */
export function idOf(source) {
  const hash = crypto.createHash('sha256').update(source).digest().subarray(0, 16);
  return [...hash].map((byte) => String.fromCharCode(97 + (byte >> 4), 97 + (byte & 15))).join('');
}

/**
 * Packs a folder with a new key.
 * @param {string} extension the folder of the unpacked extension
 * @param {string} folder
 * @returns {{id: string, version: string, file: string}}
 */
function pack(extension, folder) {
  const unpacked = path.join(folder, 'eklenti');
  fs.cpSync(extension, unpacked, { recursive: true });
  const manifestFile = path.join(unpacked, 'manifest.json');
  const { key, ...manifest } = JSON.parse(fs.readFileSync(manifestFile, 'utf8')); // a store sets its own key
  fs.writeFileSync(manifestFile, JSON.stringify(manifest));
  execFileSync('/usr/bin/chromium', [
    '--headless=new', '--no-sandbox', `--user-data-dir=${path.join(folder, 'paketleme')}`, `--pack-extension=${unpacked}`,
  ], { stdio: 'ignore' });
  const publicKey = crypto.createPublicKey(fs.readFileSync(`${unpacked}.pem`)).export({ type: 'spki', format: 'der' });
  return { id: idOf(publicKey), version: manifest.version, file: `${unpacked}.crx` };
}

/** Serves a packed extension like a store. */
async function serve({ id, version, file }) {
  const server = http.createServer((request, response) => {
    const origin = `http://127.0.0.1:${server.address().port}`;
    response.end(request.url.startsWith('/eklenti.crx') ? fs.readFileSync(file) : `<?xml version="1.0" encoding="UTF-8"?>
      <gupdate xmlns="http://www.google.com/update2/response" protocol="2.0"><app appid="${id}">
      <updatecheck codebase="${origin}/eklenti.crx" version="${version}"/></app></gupdate>`);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Launches a browser on a managed machine. Policies must contain its `id` and `store`. */
export async function managedMachine() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eimza-filo-'));
  const packed = pack(EXTENSION, folder);
  const store = await serve(packed);
  let context;
  return {
    id: packed.id,
    store: store.address,
    async start() {
      context = await chromium.launchPersistentContext(path.join(folder, 'profil'), {
        executablePath: '/usr/bin/chromium',
        headless: false,
        // Without background networking the browser does not install extensions.
        ignoreDefaultArgs: ['--disable-extensions', '--disable-background-networking'],
        args: ['--headless=new', '--disable-gpu', '--no-first-run', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
      });
      return context;
    },
    /** Returns whether the browser has installed the extension. */
    isInstalled() {
      return fs.existsSync(path.join(folder, 'profil/Default/Extensions', packed.id));
    },
    async close() {
      await context?.close();
      store.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
