// The side panel as its user reads and presses it.
import { until } from './until.mjs';

export class Panel {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Waits until it says so. */
  says(text) {
    return until(`the panel saying "${text}"`, async () => (await this.text()).includes(text));
  }

  /** Everything that can be read in it. */
  text() {
    return this.page.locator('body').innerText();
  }

  /** What stands beside a name in its table. */
  row(name) {
    return this.page.locator('dt').getByText(name, { exact: true }).locator('+ dd').innerText();
  }

  /** Presses a button with the mouse. */
  press(name) {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Chooses in a list as a user does; what a script chooses is not taken. */
  async choose(list, text) {
    const select = this.page.getByLabel(list, { exact: true });
    const options = await select.locator('option').allInnerTexts();
    const chosen = await select.evaluate((element) => element.selectedIndex);
    const way = options.findIndex((option) => option.includes(text)) - chosen;
    await select.focus();
    for (let step = 0; step < Math.abs(way); step += 1) await this.page.keyboard.press(way > 0 ? 'ArrowDown' : 'ArrowUp');
  }

  /** Chooses a file as a user does; Playwright's own way counts as a script's. */
  async chooseFile(selector, file) {
    const session = await this.page.context().newCDPSession(this.page);
    const { root } = await session.send('DOM.getDocument');
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    await session.send('DOM.setFileInputFiles', { nodeId, files: [file] });
    await session.detach();
  }

  /** The names of its buttons. */
  buttons() {
    return this.page.getByRole('button').allInnerTexts();
  }
}
