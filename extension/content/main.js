'use strict';

/**
 * The loop: read the page, ask the worker, draw its answer. One question at a time, and none while
 * the page stays as it was when last asked.
 */
(() => {
  /** How long changes are gathered before a question, in milliseconds. */
  const PAUSE = 60;
  /** The same on a page that nothing is said of, as long as the user does nothing there. */
  const PAUSE_UNKNOWN = 1000;
  /** So long after its beginning a page may still be drawing itself, in milliseconds: it is no unknown one yet. */
  const YOUNG = 10_000;
  /** A page that changes all the time is read for no more than this part of the time. */
  const SHARE = 10;
  const MAX_FAILURES = 3;

  let asking = false;
  /** Something changed while a question was being answered; and whether the user did it. */
  let changedMeanwhile = false;
  let usersMeanwhile = false;
  let stopped = false;
  let timer = 0;
  /** When the timer ends. */
  let due = 0;
  /** How long the last reading took, in milliseconds. */
  let cost = 0;
  let failures = 0;
  /** The last question; the same is not asked twice. */
  let asked = '';
  /** @type {Answer | null} */
  let answered = null;
  /** What the drawing depends on; nothing waits for it before, and without it everything is drawn as at first. */
  const recalled = Corner.recall().catch(() => {});

  /** @param {Event} [event] */
  function changed(event) {
    if (stopped) return;
    if (event && !Presence.note(event)) return;
    if (event?.type === 'input') Underline.follow(event.target);
    const isUsers = event?.isTrusted === true;
    if (asking) {
      changedMeanwhile = true;
      usersMeanwhile ||= isUsers;
    } else {
      schedule(isUsers);
    }
  }

  /** @param {boolean} isUsers whether the user did something and waits for what it says */
  function schedule(isUsers) {
    const isUnknown = answered !== null && answered.page === null && performance.now() > YOUNG;
    const least = isUsers || !isUnknown ? PAUSE : PAUSE_UNKNOWN;
    const pause = isUsers ? least : Math.max(least, SHARE * cost);
    if (timer !== 0 && performance.now() + pause >= due) return;
    clearTimeout(timer);
    due = performance.now() + pause;
    timer = setTimeout(ask, pause);
  }

  async function ask() {
    timer = 0;
    if (isOrphan()) {
      stop();
      return;
    }
    const began = performance.now();
    const snapshot = Snapshot.take();
    const question = JSON.stringify(snapshot);
    cost = performance.now() - began;
    if (question === asked) {
      // As it was before, but perhaps not in between: a change may have been taken back.
      draw(answered, snapshot);
      return;
    }
    asking = true;
    asked = question; // before the answer: who wants it asked anew meanwhile takes it back
    changedMeanwhile = false;
    usersMeanwhile = false;
    try {
      /** @type {Answer | null | undefined} */
      const answer = await chrome.runtime.sendMessage({ type: 'advise', snapshot });
      await recalled; // long ago, but for the first answer after a start of the browser
      // A worker that is stopped in the middle of a check ends it so, or as a failure.
      if (!answer) throw new Error('no answer');
      answered = answer;
      failures = 0;
      if (!stopped) draw(answered, snapshot);
    } catch {
      asked = '';
      if (isOrphan()) stop();
      failures += 1;
      if (failures < MAX_FAILURES) {
        changedMeanwhile = true;
      } else {
        // It waits for the next change; what was said of the page before may be true no more.
        answered = null;
        takeDown();
      }
    }
    asking = false;
    if (changedMeanwhile && !stopped) schedule(usersMeanwhile);
  }

  /**
   * @param {Answer | null} answer
   * @param {PageSnapshot} snapshot what it answers
   */
  function draw(answer, snapshot) {
    if (answer === null || answer.page === null) {
      takeDown();
      return;
    }
    Overlay.show();
    Overlay.giveWay();
    Corner.draw(answer, act);
    const named = new Map((snapshot.fields ?? []).map((field) => [field.ref, field]));
    /** @type {Set<Element>} */
    const spokenOf = new Set();
    let found = '';
    for (const [name, all] of byAnchor(answer.hints)) {
      const field = Anchors.elementOf(name);
      const checked = named.get(name)?.value ?? '';
      const hints = all.filter((hint) => !Dismissed.has(hint, checked));
      if (!field || hints.length === 0) continue;
      spokenOf.add(field);
      if (speaksOf(field, checked)) drawField(field, hints, checked, answer.words);
      else outdated();
      if (field === document.activeElement) found = findings(hints);
    }
    if (!Overlay.hasFocus()) Overlay.announce(found);
    FieldCard.keep((field) => spokenOf.has(field));
    FieldCard.arrange();
    Underline.keep((field) => spokenOf.has(field));
    Watch.look(spokenOf);
  }

  /**
   * What was found in a field, to be said.
   * @param {SpokenHint[]} hints
   */
  function findings(hints) {
    const found = hints.filter((hint) => hint.severity !== 'info');
    return found.map((hint) => [hint.fixes[0]?.text, hint.text].filter(Boolean).join(': ')).join(' ');
  }

  /** @param {SpokenHint[]} hints */
  function byAnchor(hints) {
    /** @type {Map<string, SpokenHint[]>} */
    const groups = new Map();
    for (const hint of hints) {
      if (hint.anchor === null) continue;
      groups.set(hint.anchor, [...groups.get(hint.anchor) ?? [], hint]);
    }
    return groups;
  }

  /**
   * Whether a field still has the text that was checked. A text that was not read has no fixes.
   * @param {Element} field
   * @param {string} checked
   */
  function speaksOf(field, checked) {
    return checked === '' || Snapshot.valueOf(/** @type {HTMLInputElement} */ (field)) === checked;
  }

  /** An answer to an older text is no answer: the question is put again. */
  function outdated() {
    asked = '';
    changedMeanwhile = true;
    usersMeanwhile = true;
  }

  /**
   * @param {Element} field
   * @param {SpokenHint[]} hints
   * @param {string} checked
   * @param {Answer['words']} words
   */
  function drawField(field, hints, checked, words) {
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
      const found = hints.filter((hint) => hint.fixes.length > 0 && checked !== '');
      Underline.draw(field, found.map(({ fixes: [{ start, end }], severity }) => (
        { start: Write.toUnits(checked, start), end: Write.toUnits(checked, end), severity }
      )));
    }
    FieldCard.draw(field, hints, checked, words, {
      fix(fixes) {
        // The field has another text by now: the hints are asked for anew.
        if (!Write.replace(field, checked, fixes)) asked = '';
        changed();
      },
      dismiss(hint) {
        Dismissed.add(hint, checked);
        changed();
      },
      act,
    });
  }

  /** @param {string} action what the panel is opened at */
  function act(action) {
    tell({ type: 'open-panel', show: action === 'open-guide' ? 'guide' : 'card' });
  }

  /** @param {object} message one that is not answered */
  async function tell(message) {
    try {
      await chrome.runtime.sendMessage(message);
    } catch {
      if (isOrphan()) stop();
    }
  }

  /** Whether the extension that put this script here was reloaded or removed. */
  function isOrphan() {
    return chrome.runtime?.id === undefined;
  }

  function moved() {
    Overlay.giveWay();
    Corner.giveWay();
    Underline.place();
    FieldCard.place();
  }

  function takeDown() {
    Watch.look(new Set());
    Underline.keep(() => false);
    FieldCard.keep(() => false);
    Corner.clear();
    Overlay.hide();
  }

  /** For good: nobody is left who could answer. */
  function stop() {
    stopped = true;
    clearTimeout(timer);
    Watch.stop();
    takeDown();
  }

  function start() {
    Watch.start(changed, moved);
    chrome.storage.onChanged.addListener((changes) => {
      if (!['lang', 'notebook', 'policy'].some((key) => key in changes)) return;
      asked = '';
      changed();
    });
    chrome.runtime.onMessage.addListener((message, sender, respond) => {
      // The panel beside asks; nobody else can.
      if (sender.id === chrome.runtime.id && message?.type === 'where') respond(answered?.place ?? null);
    });
    ask(); // nothing is gathered yet that would be worth the pause
  }

  start();
})();
