// Serves the libraries' pages on loopback under the real host names.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { selfSigned } from '../portal/certificate.mjs';
import { OUTPUT } from './build.mjs';
import { LIBRARIES } from './libraries.mjs';
import { FOREIGN_HOST, SCREENS } from './screens.mjs';

const HOSTS = [FOREIGN_HOST, ...new Set(SCREENS.map(({ url }) => new URL(url).host))];
const TYPES = { '.js': 'text/javascript', '.css': 'text/css' };

/** @returns {Promise<{hostResolverRules: string, close: () => Promise<void>}>} */
export async function startServer() {
  const server = https.createServer(selfSigned(HOSTS), answer);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    hostResolverRules: HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${server.address().port}`).join(', '),
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'https://localhost');
  const [, folder, file] = /^\/frameworks\/([\w-]+)\/(main\.(?:js|css))$/.exec(pathname) ?? [];
  if (LIBRARIES.some((library) => library.folder === folder)) {
    const bundle = path.join(OUTPUT, folder, file);
    const content = fs.existsSync(bundle) ? fs.readFileSync(bundle) : ''; // some libraries have no style sheet
    response.writeHead(200, { 'Content-Type': `${TYPES[path.extname(file)]}; charset=utf-8` }).end(content);
    return;
  }
  const library = LIBRARIES.find(({ name }) => name === searchParams.get('library'));
  const screen = SCREENS.find(({ id }) => id === searchParams.get('screen'));
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(library && screen ? 200 : 404, headers).end(library && screen ? page(library, screen) : '');
}

function page(library, screen) {
  const model = JSON.stringify(screen).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="tr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${screen.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/frameworks/${library.folder}/main.css">
</head>
<body>
<div id="app"></div>
<script>window.model = ${model};</script>
<script src="/frameworks/${library.folder}/main.js"></script>
</body>
</html>
`;
}
