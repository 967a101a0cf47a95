// Serves a test's own pages on loopback under the real host names. Unlike `page.route`, it also serves pages that the
// browser prerenders, and may keep them in the back/forward cache.
import https from 'node:https';
import { selfSigned } from '../portal/certificate.mjs';
import { HOSTS } from '../portal/screens.mjs';

/**
 * @typedef {object} Answer
 * @property {string} body
 * @property {string} [type] HTML by default
 */

/**
 * Starts a server.
 * @param {(url: URL) => Answer | null | undefined | Promise<Answer>} answer null leaves a request unanswered;
 *   undefined is "not found"
 * @returns {Promise<{switches: string[], close: () => Promise<void>}>} with the switches of Chromium that lead to it
 */
export async function servePages(answer) {
  const server = https.createServer(selfSigned(HOSTS), async (request, response) => {
    const page = await answer(new URL(request.url, `https://${request.headers.host}`));
    if (page === null) return;
    response.writeHead(page ? 200 : 404, { 'Content-Type': `${page?.type ?? 'text/html'}; charset=utf-8` });
    response.end(page?.body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const rules = HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${server.address().port}`);
  return {
    switches: [`--host-resolver-rules=${rules.join(', ')}`],
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
