// Each field of the screen is read exactly once: with its label, its kind, what it shows, and whether it is mandatory.
import assert from 'node:assert/strict';
import { plainLabel } from '../framework-page.mjs';

/** The kinds in a snapshot for each kind of field. */
const KINDS = {
  text: /^(text|email|tel)$/, masked: /^(text|tel)$/, textarea: /^textarea$/, select: /^select$/, combobox: /^(select|text)$/,
  radio: /^radio$/, segmented: /^radio$/, password: /^password$/, checkbox: /^checkbox$/,
};

export default {
  name: 'labels',
  appliesTo: ({ fields }) => fields.length > 0,
  async run(framework, screen) {
    await framework.open(screen);
    const read = await framework.readFields();
    const expected = screen.fields.map(({ label }) => label);
    assert.deepEqual(read.map(({ label, placeholder }) => plainLabel(label || placeholder)).sort(), expected.toSorted(), 'the labels of all fields');
    for (const field of screen.fields) {
      const found = read.find(({ label, placeholder }) => plainLabel(label || placeholder) === field.label);
      assert.match(found.kind, KINDS[field.kind], field.label);
      if (/radio|segmented/.test(field.kind)) assert.deepEqual(found.options, field.options, field.label);
      if (field.kind !== 'checkbox' && field.kind !== 'masked') {
        const shown = found.value === field.placeholder ? '' : found.value ?? '';
        assert.equal(shown, field.value ?? '', `what ${field.label} shows`);
      }
      if (field.required && !field.secret) assert.ok(found.required || /\*/.test(found.label), `${field.label} is mandatory`);
    }
  },
};
