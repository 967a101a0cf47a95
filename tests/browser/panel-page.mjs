// The side panel, read and operated as by a user.
import { until } from './until.mjs';

export class Panel {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Waits until the panel contains a text. */
  waitForText(text) {
    return until(`the panel’s text "${text}"`, async () => (await this.text()).includes(text));
  }

  /** Returns its visible text. */
  text() {
    return this.page.locator('body').innerText();
  }

  /** Returns the value beside a name in its table, also in a closed “Ayrıntılar”. */
  row(name) {
    return this.page.locator('dt').getByText(name, { exact: true }).locator('+ dd').textContent();
  }

  /** Clicks a button with the mouse. */
  press(name) {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Chooses a role in the procedure on show, whether or not it is known already. */
  async chooseRole(role) {
    const known = this.page.locator('#change-role');
    const choice = this.page.getByLabel(role, { exact: true });
    await known.or(choice).first().waitFor();
    if (await known.count() > 0) await known.click();
    await choice.check();
  }

  /** Chooses an option with the keyboard; the panel ignores choices made by a script. */
  async choose(list, text) {
    const select = this.page.getByLabel(list, { exact: true });
    const options = await select.locator('option').allInnerTexts();
    const chosen = await select.evaluate((element) => element.selectedIndex);
    const distance = options.findIndex((option) => option.includes(text)) - chosen;
    await select.focus();
    const key = distance > 0 ? 'ArrowDown' : 'ArrowUp';
    for (let step = 0; step < Math.abs(distance); step += 1) await this.page.keyboard.press(key);
  }

  /** Chooses a file through the debugger, which fires a trusted event; Playwright's own method does not. */
  async chooseFile(selector, file) {
    const session = await this.page.context().newCDPSession(this.page);
    const { root } = await session.send('DOM.getDocument');
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    await session.send('DOM.setFileInputFiles', { nodeId, files: [file] });
    await session.detach();
  }

  /** Returns the names of its buttons. */
  buttons() {
    return this.page.getByRole('button').allInnerTexts();
  }
}
