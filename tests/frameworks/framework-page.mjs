// A page drawn by a component library, operated as by a user: with the mouse in the library's own lists.
import { contentScriptOf } from '../browser/content-script.mjs';
import { Overlay } from '../browser/overlay-reader.mjs';
import { until } from '../browser/until.mjs';
import { addressOf } from './screens.mjs';

/** How long the user's actions wait for a control that can be clicked, in milliseconds. */
const TIMEOUT = 5000;

/** The time between two digits of a mask, in milliseconds. */
const DIGIT_DELAY = 30;

/** The most often that Tab is pressed to reach a control. */
const MAX_TABS = 12;

export class FrameworkPage {
  #errors = [];

  isFrozen = false;

  /** Evaluates an expression in the content script's world. */
  run;

  /**
   * @param {Awaited<ReturnType<typeof import('../browser/browser.mjs').launch>>} browser
   * @param {import('./libraries.mjs').Library} library
   */
  static async create(browser, library) {
    const created = new FrameworkPage();
    const page = await browser.context.newPage();
    page.setDefaultTimeout(TIMEOUT);
    page.on('pageerror', (error) => created.#errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') created.#errors.push(message.text());
    });
    return Object.assign(created, { browser, library, page });
  }

  /**
   * Opens a screen on its real host.
   * @param {import('./screens.mjs').Screen} screen
   * @param {object} [state] the saved state
   */
  async open(screen, state = {}) {
    await this.browser.setSavedState(state);
    await this.page.goto(addressOf(this.library, screen));
    await this.#rendered(screen);
    this.overlay = await Overlay.on(this.page);
    this.run = await contentScriptOf(this.page);
    await this.settled();
  }

  /** Opens a screen on a host where the extension does not run. */
  async openWithoutExtension(screen, host) {
    await this.page.goto(addressOf(this.library, screen, host));
    await this.#rendered(screen);
  }

  async #rendered({ fields, menu = [] }) {
    for (const { id } of fields) await this.field(id).waitFor();
    for (const { text } of menu) await this.entry(text).waitFor();
  }

  /** Closes a page that no longer answers. */
  abandon() {
    this.isFrozen = true;
    this.page.close().catch(() => {});
  }

  /** Returns the errors since the last call. */
  takeErrors() {
    return this.#errors.splice(0);
  }

  /** Sends a request of its own and returns the answer: the content script's earlier ones are answered then. */
  answered() {
    return this.run('chrome.runtime.sendMessage({ type: "advise", snapshot: takeSnapshot() })');
  }

  /** The same, and the answers are drawn. */
  async settled() {
    const answer = await this.answered();
    await this.run('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => true)');
    return answer;
  }

  /** Waits for the end of the library's animations, such as those of a dialog that opens or closes. */
  async animationsEnd() {
    await this.settled();
    await this.page.evaluate(() => Promise.allSettled(document.getAnimations()
      .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished)));
  }

  /** Returns the fields that the product reads. */
  async readFields() {
    return (await this.run('takeSnapshot()')).fields ?? [];
  }

  /** Returns the hints at fields and buttons, each with the name of its field or button. */
  async anchoredHints() {
    return this.run(`(async () => {
      const snapshot = takeSnapshot();
      const { hints } = await chrome.runtime.sendMessage({ type: 'advise', snapshot });
      const named = [...(snapshot.fields ?? []), ...(snapshot.buttons ?? [])];
      return hints.filter(({ anchor }) => anchor !== null)
        .map((hint) => ({ ...hint, name: ((found) => found?.label || found?.placeholder || found?.text || '')(named.find(({ ref }) => ref === hint.anchor)) }));
    })()`);
  }

  /** Returns the hint with this id at this field, or undefined. */
  async hintAt(id, { label }) {
    return (await this.anchoredHints()).find((hint) => hint.id === id && plainLabel(hint.name) === label);
  }

  /** Returns the box of the element that a hint is anchored to; null where the user cannot see it, or no longer. */
  anchorBox(ref) {
    return this.run(`(() => {
      const element = elementByRef(${JSON.stringify(ref)});
      if (!element) return null;
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const seen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && right - left > 8 && bottom - top > 8;
      return seen ? { left, top, right, bottom } : null;
    })()`);
  }

  /**
   * Presses a button in the card of the field that has the focus. Where the card has no room beside the field, it waits
   * behind the badge, which is pressed first.
   */
  async pressInCard(text) {
    const badge = () => this.run(`(() => {
      const parts = [...overlayRoot.querySelectorAll('button')].filter((part) => part.checkVisibility({ visibilityProperty: true }));
      if (parts.some((part) => part.textContent === ${JSON.stringify(text)})) return 'open';
      const field = document.activeElement.getBoundingClientRect();
      const near = parts.filter((part) => part.matches('.badge:not(.info)')).map((part) => part.getBoundingClientRect())
        .find((box) => Math.abs(box.left - field.right) < 60 && box.bottom > field.top - 40 && box.top < field.bottom + 40);
      return near ? { x: near.left + near.width / 2, y: near.top + near.height / 2 } : null;
    })()`);
    await this.settled();
    const found = await until('a card or its badge', badge);
    if (found !== 'open') await this.page.mouse.click(found.x, found.y);
    await this.overlay.press(text);
  }

  /** Returns what the product draws now, without underlines: boxes with their texts. */
  drawnParts() {
    return this.run(`[...overlayRoot.querySelectorAll('.corner, .corner-tab, .card, .badge')]
      .filter((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((part) => ({ kind: part.className, text: part.textContent, box: (({ left, top, right, bottom }) => ({ left, top, right, bottom }))(part.getBoundingClientRect()) }))
      .filter(({ box }) => box.right > box.left && box.bottom > box.top)`);
  }

  /** Returns the values that the library holds, by field. */
  state() {
    return this.page.evaluate(() => window.state());
  }

  stateIs(id, value) {
    return until(`${id} = ${JSON.stringify(value)}`, async () => (await this.state())[id] === value);
  }

  field(id) {
    return this.page.locator(`[data-field="${id}"]`);
  }

  entry(text) {
    return this.page.locator(`[data-entry="${text}"]`);
  }

  /** Returns the input of a field into which the user types. */
  input(id) {
    return this.field(id).locator('input:not([type=hidden], [type=radio], [type=checkbox]), textarea').locator('visible=true').first();
  }

  /**
   * Fills in a mask as fast as a person: some libraries move the caret a moment after the focus or a key. Types again
   * where that took longer than the next key.
   */
  async typeDigits(id, digits) {
    await until(`${digits} in ${id}`, async () => {
      await this.type(id, digits, DIGIT_DELAY);
      return (await this.input(id).inputValue()).replaceAll(/\D/g, '').endsWith(digits);
    });
  }

  /** Replaces the text of a field with the keyboard. */
  async type(id, text, delay = 0) {
    await this.input(id).focus();
    await this.page.keyboard.press('Control+A', { delay });
    await this.page.keyboard.press('Delete', { delay });
    await this.page.keyboard.type(text, { delay });
  }

  /** Leaves the focused field. */
  async leave() {
    await this.page.evaluate(() => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      focused?.blur();
    });
  }

  /** Opens the list of a field. */
  async openList(id) {
    await this.field(id).locator(this.library.opener).locator('visible=true').first().click();
    await this.options().first().waitFor();
  }

  options() {
    return this.page.locator(this.library.option).locator('visible=true');
  }

  /** Chooses as a user does. */
  async choose({ id, kind }, text) {
    if (/radio|segmented/.test(kind)) {
      await this.field(id).getByText(text, { exact: true }).click();
    } else if (this.library.opener === 'select') {
      await this.field(id).locator('select').selectOption({ label: text }); // a native list is outside of the page
    } else {
      await this.openList(id);
      await this.options().filter({ hasText: text }).first().click();
    }
    await this.stateIs(id, text);
  }

  /** Gives a field a value without findings. */
  async fill(field) {
    if (field.right === undefined || field.readonly) return;
    if (field.kind === 'checkbox') await this.field(field.id).getByText(field.label).click();
    else if (/select|combobox|radio|segmented/.test(field.kind)) await this.choose(field, field.right);
    else if (field.kind === 'masked') await this.typeDigits(field.id, field.right);
    else await this.type(field.id, field.right);
  }

  /** Reaches the last button of the form as a keyboard user does. */
  async reachButton({ fields, buttons }) {
    const button = this.page.getByRole('button', { name: buttons[0], exact: true });
    await this.input(fields.findLast(({ kind }) => /text|textarea|password/.test(kind)).id).focus();
    for (let pressed = 0; pressed < MAX_TABS; pressed += 1) {
      await this.page.keyboard.press('Tab');
      if (await button.evaluate((element) => element.matches(':focus-within') || element.getRootNode().activeElement === element)) return;
    }
    throw new Error(`${buttons[0]} is not reached by keyboard`);
  }
}

/** Returns a label without the marks of mandatory fields and colons. */
export function plainLabel(label = '') {
  return label.replaceAll(/\(\*\)|[*:\u2009\u00a0]/g, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** Returns the distance of two boxes in CSS pixels; 0 where they touch. */
export function distance(one, other) {
  const horizontal = Math.max(one.left - other.right, other.left - one.right, 0);
  const vertical = Math.max(one.top - other.bottom, other.top - one.bottom, 0);
  return Math.hypot(horizontal, vertical);
}

/** @returns {{left: number, top: number, right: number, bottom: number}} the box of an element */
export async function boxOf(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { left: x, top: y, right: x + width, bottom: y + height };
}
