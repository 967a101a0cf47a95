// The style sheet of the overlay's shadow root, which the page's CSP and styles do not reach. No animations: cards are
// redrawn while the user types.
export const STYLES = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  width: 0 !important;
  height: 0 !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
}

:host([hidden]) { display: none !important; }
/* Users print and sign the form, without the overlay. */
@media print { :host { display: none !important; } }

* { box-sizing: border-box; }
.ruler { position: absolute; inset: 0 auto auto 0; width: 100px; height: 0; visibility: hidden; }
[hidden] { display: none !important; }
.status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.mirror {
  position: absolute;
  inset: 0 auto auto 0;
  transform-origin: 0 0;
}

.mirror-text {
  margin: 0;
  border: 0;
  width: 100%;
  height: 100%;
  color: transparent;
  -webkit-text-fill-color: transparent;
  user-select: none;
}

/* Fields may be light while the browser is dark: one tone that is visible on both. */
.mark { text-decoration: underline wavy 1.5px; text-decoration-skip-ink: none; text-underline-offset: 2px; }
.mark.error { text-decoration-color: #d6372c; }
.mark.advice { text-decoration-color: #c58a00; }
.mark.info { text-decoration-color: #2b86bd; }

/* Of text that is edited in place: no copy of the letters, only the lines. */
.mark.line {
  transform-origin: 0 0;
  position: absolute;
  inset: 0 auto auto 0;
  overflow: hidden;
  border-bottom: 2px dotted;
  font-size: 1px;
  white-space: pre;
  text-decoration: none;
  color: transparent;
}
.mark.line.error { border-color: #d6372c; }
.mark.line.advice { border-color: #c58a00; }
.mark.line.info { border-color: #2b86bd; }

/* Not on the host, where the page's rules would win. */
.corner, .corner-tab, .card, .badge {
  --ink: light-dark(#1b2430, #e8edf3);
  --soft: light-dark(#56616f, #a9b4c2);
  --card: light-dark(#ffffff, #1d242c);
  --line: light-dark(#cdd6df, #3d4956);
  --hover: light-dark(#eef4f8, #2a343f);
  --brand: light-dark(#0b5d8a, #6cc1ee);
  --on-brand: light-dark(#ffffff, #0b2230);
  --error: light-dark(#b3261e, #ef8a82);
  --advice: light-dark(#9a6b00, #dcae46);
  --info: var(--brand);

  pointer-events: auto;
  color: var(--ink);
  background: var(--card);
  border: 1px solid var(--line);
  font: 14px/1.45 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  box-shadow: 0 2px 10px rgb(0 0 0 / 18%);
}

.corner {
  transform-origin: 0 0;
  position: absolute;
  inset: 0 auto auto 0;
  width: 320px;
  overflow: auto;
  overscroll-behavior: contain;
  border-radius: 10px;
  border-top: 3px solid var(--brand);
}

.corner-head { display: flex; align-items: center; justify-content: space-between; gap: 8px; padding: 8px 8px 0 14px; }
.corner-name { font-weight: 600; color: var(--brand); }
.corner-body { padding: 2px 14px 14px; }
.corner-body p { margin: 6px 0 0; overflow-wrap: anywhere; }
.corner-body p.info:not(:first-child) { color: var(--soft); }
.corner-body :is(p.error, p.advice) { padding-inline-start: 8px; border-inline-start: 3px solid var(--advice); }
.corner-body p.error { border-color: var(--error); }
.corner-body button { margin-top: 10px; width: 100%; }

.corner-body button.entry { margin-top: 6px; text-align: start; border-inline-start: 3px solid var(--info); }
.corner-body button.entry.error { border-inline-start-color: var(--error); }
.corner-body button.entry.advice { border-inline-start-color: var(--advice); }

.notice p { margin: 10px 40px 12px 14px; }

/* The panel scrolls, not the card, so that the button that fixes all stays visible in it. */
.dock .card { position: relative; width: auto; max-height: none; overflow: visible; margin: 8px 14px 12px; box-shadow: none; }

.guide { padding: 10px 14px 14px; border-top: 1px solid var(--line); }
.guide p { margin: 0 0 8px; font-weight: 600; overflow-wrap: anywhere; }
.guide button { width: 100%; }

.corner-tab {
  transform-origin: 0 0;
  position: absolute;
  inset: 0 auto auto 0;
  width: max-content;
  padding: 4px 12px;
  border-radius: 10px;
  border-top: 3px solid var(--brand);
  color: var(--brand);
}

.card {
  transform-origin: 0 0;
  position: absolute;
  inset: 0 auto auto 0;
  z-index: 1;
  width: max-content;
  max-width: 320px;
  overflow: auto;
  overscroll-behavior: contain;
  padding: 10px 12px;
  border-radius: 8px;
  border-inline-start: 3px solid var(--line);
}
.card.error { border-inline-start-color: var(--error); }
.card.advice { border-inline-start-color: var(--advice); }
.card.info { border-inline-start-color: var(--info); }
.card p { margin: 0; overflow-wrap: anywhere; }
.rule { padding-inline-end: 24px; }
:is(.rule, .finding, .act) + .rule { margin-top: 8px; }
.act { margin-top: 8px; }
.fold-card { position: absolute; top: 4px; inset-inline-end: 4px; }

.finding { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); }
.choices { display: flex; flex-wrap: wrap; gap: 6px; padding-inline-end: 24px; }
/* A short reason goes beside its button where there is room. */
.finding.error { display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; }
.finding.error .choices { padding-inline-end: 0; }
.finding.error .reason { flex: 1 1 110px; }
.finding:first-child { margin-top: 0; padding-top: 0; border-top: 0; padding-inline-end: 18px; }
.finding p { margin-top: 4px; color: var(--soft); font-size: 13px; }
/* Without a fix button, the sentence is all there is. */
.finding .reason:first-child { margin-top: 0; padding-inline-end: 24px; color: var(--ink); font-size: inherit; }
.finding .reason + .choices:not(:empty) { margin-top: 6px; }
.change { overflow-wrap: anywhere; }
/* Stays visible where the card scrolls. */
.card > .primary { position: sticky; bottom: 0; margin-top: 10px; width: 100%; box-shadow: 0 0 0 10px var(--card); }

.badge {
  transform-origin: 0 0;
  position: absolute;
  inset: 0 auto auto 0;
  z-index: 1;
  min-width: 26px;
  height: 26px;
  padding: 0 6px;
  border-radius: 13px;
  border: 2px solid var(--info);
  font-weight: 600;
  line-height: 20px;
}
.badge.error { border-color: var(--error); color: var(--error); }
.badge.advice { border-color: var(--advice); color: var(--advice); }

.ruler.untouchable ~ *, .ruler.untouchable ~ .corner .card { pointer-events: none; }

button {
  padding: 6px 10px;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--card);
  color: var(--ink);
  font: inherit;
  text-align: center;
  overflow-wrap: anywhere;
  cursor: pointer;
}
button:hover { background: var(--hover); }
button:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; }
.primary { border-color: var(--brand); background: var(--brand); color: var(--on-brand); font-weight: 600; }
.primary:hover { background: color-mix(in srgb, var(--brand) 88%, var(--ink)); }
.quiet { padding: 2px 8px; border-color: transparent; background: none; color: var(--soft); font-size: 13px; }
`;
