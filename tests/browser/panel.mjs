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

  /** The names of its buttons. */
  buttons() {
    return this.page.getByRole('button').allInnerTexts();
  }
}
