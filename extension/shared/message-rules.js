// Message authorization: who may send each message to whom, and what it may contain. Every listener of the extension
// goes through this one table.
import { isContentScript, isOwnPage, isWorker } from './senders.js';

/** @typedef {import('../types/messages').ExtensionMessage} ExtensionMessage */
/** @typedef {'worker' | 'page' | 'content-script'} Receiver a context of the extension; a page is the panel or a sheet */
/** @typedef {(value: unknown) => boolean} Check whether a field has the type that the message requires */

/**
 * @typedef {object} Rule
 * @property {(sender: chrome.runtime.MessageSender) => boolean} from whether the sender may send it
 * @property {Receiver} to the only context that accepts it
 * @property {Record<string, Check>} fields its fields besides `type`; it must have all of them and no other
 */

const isObject = (/** @type {unknown} */ value) => typeof value === 'object' && value !== null;
const isBoolean = (/** @type {unknown} */ value) => typeof value === 'boolean';
const isView = (/** @type {unknown} */ value) => value === 'card' || value === 'guide';
const isTab = (/** @type {unknown} */ value) => Number.isInteger(value);
const isScreen = (/** @type {unknown} */ value) => value === null || typeof value === 'string';

/**
 * What a content script may send can be sent by a page that has taken it over. So it contains nothing that is stored
 * but the state of the corner panel, and the answers contain no profile, no account and nothing about the card.
 *
 * TypeScript requires a rule for each message, and a check of each of its fields.
 * @type {{[Type in ExtensionMessage['type']]: Rule & {fields: Record<Exclude<keyof Extract<ExtensionMessage, {type: Type}>, 'type'>, Check>}}}
 */
const RULES = {
  advise: { from: isContentScript, to: 'worker', fields: { snapshot: isObject } },
  openPanel: { from: isContentScript, to: 'worker', fields: { view: isView } },
  getFolded: { from: isContentScript, to: 'worker', fields: {} },
  setFolded: { from: isContentScript, to: 'worker', fields: { folded: isBoolean } },
  applyChange: { from: isOwnPage, to: 'worker', fields: { change: isObject } },
  getTransferSheet: { from: isOwnPage, to: 'page', fields: {} },
  setPage: { from: isWorker, to: 'page', fields: { tab: isTab, screen: isScreen } },
  getPage: { from: isOwnPage, to: 'content-script', fields: {} },
  settingsChanged: { from: isWorker, to: 'content-script', fields: {} },
};

/** Who may open each port to the worker. Its messages are relayed to the native host. */
const PORTS = { card: isOwnPage };

/**
 * @param {unknown} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {Receiver} receiver this context
 * @returns {ExtensionMessage | null} the message; null where the sender may not send it to this context, or where it is
 *   malformed
 */
export function acceptMessage(message, sender, receiver) {
  if (!isObject(message)) return null;
  const { type, ...content } = /** @type {Record<string, unknown>} */ (message);
  if (typeof type !== 'string' || !Object.hasOwn(RULES, type)) return null;
  const { from, to, fields } = RULES[/** @type {ExtensionMessage['type']} */ (type)];
  if (to !== receiver || !from(sender)) return null;
  const checks = /** @type {[string, Check][]} */ (Object.entries(fields));
  const isComplete = Object.keys(content).length === checks.length
    && checks.every(([name, check]) => Object.hasOwn(content, name) && check(content[name]));
  return isComplete ? /** @type {ExtensionMessage} */ (message) : null;
}

/**
 * @param {chrome.runtime.Port} port
 * @returns {boolean} whether its sender may open it
 */
export function acceptPort({ name, sender }) {
  return sender !== undefined && Object.hasOwn(PORTS, name) && PORTS[/** @type {keyof typeof PORTS} */ (name)](sender);
}
