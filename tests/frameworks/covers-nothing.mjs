// What the overlay covers.

/**
 * Returns what the overlay's visible parts cover: controls, open lists and each other.
 * @param {(expression: string) => Promise<any>} run evaluates in the content script's world
 * @returns {Promise<string[]>} one sentence each
 */
export function coveredBy(run) {
  return run(`(${findCovered})()`);
}

/** Runs in the content script's world. */
function findCovered() {
  const CONTROLS = 'input, textarea, select, button, a[href], [tabindex], [role=combobox], [role=option], [role=menuitem], [role=radio], [role=button], [role=tab]';
  const LISTS = '[role=listbox], [role=grid]:not(:has(input))';
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const boxOf = (element) => element.getBoundingClientRect();
  const overlap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  const all = (root) => [...root.querySelectorAll('*')].flatMap((element) => (element.shadowRoot ? [element, ...all(element.shadowRoot)] : [element]));
  const nameOf = (element) => `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30) || element.name || element.className}"`;

  const parts = [...overlayRoot.children].filter((part) => !part.matches('.mirror, .status, .ruler, style') && visible(part))
    .map((part) => ({ name: part.className, box: boxOf(part) })).filter(({ box }) => box.width > 0 && box.height > 0);
  const inView = ({ left, top, right, bottom, width, height }) => width > 4 && height > 4 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const isReachable = (element, box) => {
    // Something of the page may lie over it, such as a dialog; what is drawn there is what counts.
    const [x, y] = [(Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2, (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2];
    const [first] = document.elementsFromPoint(x, y).filter((one) => one !== overlayRoot.host);
    let top = first;
    while (top?.shadowRoot) {
      const inner = top.shadowRoot.elementsFromPoint(x, y)[0];
      if (!inner || inner === top) break;
      top = inner;
    }
    for (let at = top; at; at = at.assignedSlot ?? at.parentNode ?? at.host) if (at === element) return true;
    return false;
  };
  // What contains controls is a part of the page's layout, such as a dialog that can be focused.
  const isControl = (element) => element.matches(LISTS) || (element.matches(CONTROLS) && !element.querySelector('input, textarea, select, button'))
    || element.matches('label:has(input[type=radio], input[type=checkbox])');
  const controls = all(document.body).filter((element) => isControl(element) && visible(element))
    .map((element) => ({ element, box: boxOf(element) })).filter(({ element, box }) => inView(box) && isReachable(element, box));
  const covered = parts.flatMap(({ name, box }) => controls.filter((control) => overlap(box, control.box)).map(({ element }) => `${name} covers ${nameOf(element)}`));
  const own = parts.flatMap((one, index) => parts.slice(index + 1).filter((other) => overlap(one.box, other.box)).map((other) => `${one.name} and ${other.name} overlap`));
  return [...new Set([...covered, ...own])];
}
