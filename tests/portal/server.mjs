// Serves the reconstructed Kamu SM pages on loopback under their real host names. `hostResolverRules` directs Chromium
// here.
import http from 'node:http';
import https from 'node:https';
import { pathToFileURL } from 'node:url';
import { selfSigned } from './certificate.mjs';
import { notFound, pageOf } from './page.mjs';
import { HOSTS, PLAIN_HOSTS, screenAt } from './screens.mjs';

/** No script, no image, no connection: the strictest policy that a content script must work under. */
const STRICT = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 for any free one
 * @returns {Promise<{port: number, hostResolverRules: string, close: () => Promise<void>}>}
 */
export async function startPortal({ port = 0 } = {}) {
  const secure = https.createServer(selfSigned(HOSTS), answer);
  const plain = http.createServer(answer);
  const used = await listen(secure, port);
  const plainPort = await listen(plain, 0);
  return {
    port: used,
    hostResolverRules: [
      ...HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${used}`),
      ...PLAIN_HOSTS.map((host) => `MAP ${host}:80 127.0.0.1:${plainPort}`),
    ].join(', '),
    close: () => Promise.all([secure, plain].map((server) => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }))),
  };
}

async function listen(server, port) {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server.address().port;
}

function answer(request, response) {
  const host = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  const address = new URL(request.url, `https://${host}`);
  const screen = screenAt(address);
  const markup = address.searchParams.get('duzen') ?? undefined;
  const page = screen && pageOf(screen, markup);
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
  if (markup === 'csp') headers['Content-Security-Policy'] = STRICT;
  response.writeHead(page ? 200 : 404, headers);
  response.end(page ?? notFound());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const portal = await startPortal({ port: Number(process.argv[2] ?? 0) });
  process.stdout.write(`${JSON.stringify({ port: portal.port, hostResolverRules: portal.hostResolverRules })}\n`);
  const end = () => portal.close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.stdin.once('end', end).resume();
}
