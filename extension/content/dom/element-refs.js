// References to the page's elements. A snapshot is plain data; the hints that answer it refer to elements by these
// strings. An element keeps its reference for as long as it exists.

/** @type {WeakMap<Element, string>} */
const refs = new WeakMap();
/** @type {Map<string, WeakRef<Element>>} */
const elements = new Map();
const finalization = new FinalizationRegistry((/** @type {string} */ ref) => elements.delete(ref));
let count = 0;

/**
 * @param {Element} element
 * @param {string} prefix "f" for a field, "b" for a button; used for a new reference
 * @returns {string} such as "f1"
 */
export function refOf(element, prefix) {
  const known = refs.get(element);
  if (known !== undefined) return known;
  count += 1;
  const ref = `${prefix}${count}`;
  refs.set(element, ref);
  elements.set(ref, new WeakRef(element));
  finalization.register(element, ref);
  return ref;
}

/**
 * @param {string} ref
 * @returns {Element | null} null where the element is no longer in the document
 */
export function elementByRef(ref) {
  const element = elements.get(ref)?.deref();
  return element?.isConnected ? element : null;
}
