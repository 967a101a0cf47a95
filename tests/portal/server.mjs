// The Kamu SM pages on loopback under their real host names. Which page stands at which address is
// in pages.json; a browser is led here by `hostResolverRules`.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { selfSigned } from './certificate.mjs';

const SITES = path.join(import.meta.dirname, 'sites');
const PAGES = new Map(Object.entries(
  JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'pages.json'), 'utf8')),
));
/** No script, no image, no connection: what a content script has to get along with. */
const STRICT = "default-src 'none'; style-src 'unsafe-inline'";
const INCLUDE = /<!--#include "([^"]+)" -->/g;

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 for any free one
 * @returns {Promise<{port: number, hostResolverRules: string, close: () => Promise<void>}>}
 */
export async function startPortal({ port = 0 } = {}) {
  const server = https.createServer(selfSigned([...PAGES.keys()]), answer);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const used = server.address().port;
  return {
    port: used,
    hostResolverRules: [...PAGES.keys()].map((host) => `MAP ${host}:443 127.0.0.1:${used}`).join(', '),
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

function answer(request, response) {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const address = new URL(request.url, `https://${host || 'localhost'}`);
  const page = pageAt(host, address);
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
  if (page?.csp) headers['Content-Security-Policy'] = STRICT;
  response.writeHead(page ? 200 : 404, headers);
  response.end(read(page?.file ?? '404.html'));
}

/** The screen of an address: several may share one, told apart by `?ekran=`. */
function pageAt(host, address) {
  const screen = address.searchParams.get('ekran') ?? undefined;
  return PAGES.get(host)?.find((page) => page.path === address.pathname && page.ekran === screen);
}

function read(file) {
  const text = fs.readFileSync(path.join(SITES, file), 'utf8');
  return text.replace(INCLUDE, (_, included) => read(included));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const portal = await startPortal({ port: Number(process.argv[2] ?? 0) });
  process.stdout.write(`${JSON.stringify({ port: portal.port, hostResolverRules: portal.hostResolverRules })}\n`);
  const end = () => portal.close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.stdin.once('end', end).resume();
}
