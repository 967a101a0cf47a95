// The label markup with a one-line field where the others have several lines.
import label from './label.mjs';

/** @param {import('../screens.mjs').Screen} screen */
export default function singleLine(screen) {
  const fields = screen.fields?.map((field) => (field.kind === 'textarea' ? { ...field, kind: 'text' } : field));
  return label({ ...screen, fields }, 'single-line');
}
