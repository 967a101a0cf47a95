// Opens small pages of a test's own under a real host name, so that the shipped content script runs on them.
const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const STYLE = 'body{font:15px sans-serif;margin:16px}input,textarea,select,button{font:inherit}';

/** Returns a page that is recognised as the form for card readers, whose address field has hints. */
export const formPage = (body, style = '') => `<!doctype html><html lang="tr"><head><meta charset="utf-8">
<title>Kart Okuyucu Müşteri Başvurusu</title><style>${STYLE}${style}</style></head>
<body><h1>Kart Okuyucu Müşteri Başvurusu</h1>${body}</body></html>`;

/**
 * Opens HTML under an address.
 * @param {import('playwright-core').Page} page
 * @param {string} html
 * @param {{url?: string, frames?: Record<string, string>}} [options] the address, and further pages by their path
 */
export async function openHtml(page, html, { url = FORM, frames = {} } = {}) {
  const origin = new URL(url).origin;
  const pages = { [new URL(url).pathname]: html, ...frames };
  await page.unrouteAll();
  await page.route(`${origin}/**`, (route) => {
    const body = pages[new URL(route.request().url()).pathname];
    if (body === undefined) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
  });
  await page.goto(url);
}
