// Measures the snapshot of a form with 5,000 nodes.
import { launch } from '../../browser/browser.mjs';
import { contentScriptOf } from '../../browser/content-script.mjs';
import { RUNS, row } from './row.mjs';

const FORM = 'https://ebasvuru.kamusm.gov.tr/kartokuyucu';
const NODES = 5000;

/** Runs in the page: adds labelled fields until the document has NODES elements. */
const GROW = `(() => {
  const form = document.querySelector('form');
  for (let number = 0; document.querySelectorAll('*').length < ${NODES}; number += 1) {
    const line = document.createElement('p');
    line.innerHTML = '<label for="alan' + number + '">Alan <b>' + number + '</b></label> <input id="alan' + number + '" name="alan' + number
      + '" value="değer"> <span>Açıklama</span>';
    form.append(line);
  }
})()`;

const TIME = (work) => `(() => {
  const began = performance.now();
  ${work};
  return performance.now() - began;
})()`;

export async function snapshots() {
  const browser = await launch();
  try {
    const [page] = browser.context.pages();
    await page.goto(FORM);
    await page.evaluate(GROW);
    const run = await contentScriptOf(page);
    const times = [[], []];
    for (let count = 0; count < 4 * RUNS; count += 1) { // short measurements vary more
      times[0].push(await run(TIME('takeSnapshot()')));
      times[1].push(await run(TIME('let length = 0; for (const element of document.querySelectorAll("*")) length += element.textContent.length')));
    }
    return [row({ name: 'snapshot', reference: 'a walk that reads textContent', bound: 3 }, ...times)];
  } finally {
    await browser.close();
  }
}
