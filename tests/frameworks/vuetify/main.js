// Vuetify: fields with floating labels, v-select, v-autocomplete, v-btn-toggle, v-list, v-dialog.
import { createApp, reactive } from 'vue';
import { createVuetify } from 'vuetify';
import * as components from 'vuetify/components';
import * as directives from 'vuetify/directives';
import { vMaska } from 'maska/vue';
import 'vuetify/styles';
import { initialValues, maskFor, model } from '../model.js';

const values = reactive({ ...initialValues });
window.state = () => ({ ...values });

const FIELDS = `
<v-form @submit.prevent>
  <template v-for="field in model.fields" :key="field.id">
    <v-textarea v-if="field.kind === 'textarea'" :data-field="field.id" v-model="values[field.id]" :label="labelOf(field)"
      :hint="field.help" persistent-hint rows="3" />
    <v-select v-else-if="field.kind === 'select'" :data-field="field.id" :label="labelOf(field)" :items="field.options"
      :placeholder="field.placeholder" :model-value="values[field.id] || null" @update:model-value="values[field.id] = $event" />
    <v-autocomplete v-else-if="field.kind === 'combobox'" :data-field="field.id" :label="labelOf(field)" :items="field.options"
      :model-value="values[field.id] || null" @update:model-value="values[field.id] = $event ?? ''" />
    <v-radio-group v-else-if="field.kind === 'radio'" :data-field="field.id" inline v-model="values[field.id]" :label="labelOf(field)">
      <v-radio v-for="option in field.options" :key="option" :label="option" :value="option" />
    </v-radio-group>
    <div v-else-if="field.kind === 'segmented'" :data-field="field.id" class="mb-4">
      <v-label class="mb-2 d-block">{{ labelOf(field) }}</v-label>
      <v-btn-toggle :model-value="values[field.id] || null" @update:model-value="values[field.id] = $event ?? ''" divided variant="outlined">
        <v-btn v-for="option in field.options" :key="option" :value="option">{{ option }}</v-btn>
      </v-btn-toggle>
    </div>
    <v-checkbox v-else-if="field.kind === 'checkbox'" :data-field="field.id" v-model="values[field.id]" :label="field.label" />
    <v-text-field v-else-if="field.kind === 'masked'" :data-field="field.id" v-model="values[field.id]" :label="labelOf(field)"
      v-maska="{ mask: maskFor(field.mask, '#', '!', /[#@*]/), eager: true }" :placeholder="field.mask" persistent-placeholder />
    <v-text-field v-else :data-field="field.id" v-model="values[field.id]" :label="labelOf(field)" :placeholder="field.placeholder"
      :readonly="field.readonly" :clearable="field.suffix === 'clear'" :hint="field.help"
      :type="field.kind === 'password' && !revealed[field.id] ? 'password' : field.type ?? 'text'"
      :append-inner-icon="field.suffix === 'reveal' ? EYE : undefined"
      @click:append-inner="revealed[field.id] = !revealed[field.id]" @click:clear="values[field.id] = ''" />
  </template>
</v-form>`;

const BUTTONS = '<v-btn v-for="text in model.buttons" :key="text" color="primary">{{ text }}</v-btn>';

/** An eye as an SVG path: the icon font is not bundled. */
const EYE = 'svg:M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6m0-4.5C7 4.5 2.7 7.6 1 12c1.7 4.4 6 7.5 11 7.5s9.3-3.1 11-7.5c-1.7-4.4-6-7.5-11-7.5z';

createApp({
  directives: { maska: vMaska },
  setup: () => ({
    model, values, maskFor, EYE,
    revealed: reactive({}),
    labelOf: ({ label, required }) => (required ? `${label} *` : label),
  }),
  template: `
<v-app><v-main><v-container style="max-width: 800px">
  <h1 v-for="text in model.headings" :key="text" class="text-h5 mb-3">{{ text }}</h1>
  <p v-for="text in model.texts" :key="text" class="mb-3">{{ text }}</p>
  <v-list v-if="model.menu" nav>
    <v-list-item v-for="{ text } in model.menu" :key="text" :data-entry="text" :title="text" @click="() => {}" />
  </v-list>
  <v-dialog v-if="model.modal" :model-value="true" max-width="600"><v-card title="Başvuru">
    <v-card-text>${FIELDS}</v-card-text><v-card-actions>${BUTTONS}</v-card-actions>
  </v-card></v-dialog>
  <template v-else>${FIELDS}<div class="d-flex justify-end">${BUTTONS}</div></template>
</v-container></v-main></v-app>`,
}).use(createVuetify({
  components, directives,
  icons: { defaultSet: 'svg', aliases: {
    dropdown: 'svg:M7 10l5 5 5-5z', clear: 'svg:M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm5 13.6L15.600 17 12 13.400 8.400 17 7 15.600 10.600 12 7 8.400 8.400 7 12 10.600 15.600 7 17 8.400 13.400 12z',
    radioOn: 'svg:M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zm0-5a10 10 0 1 0 0 20 10 10 0 0 0 0-20z', radioOff: 'svg:M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16z',
    checkboxOn: 'svg:M10 17l-5-5 1.400-1.400L10 14.200l7.600-7.600L19 8zM3 3v18h18V3z', checkboxOff: 'svg:M19 5v14H5V5zM3 3v18h18V3z',
  }, sets: { svg: { component: components.VSvgIcon } } },
})).mount('#app');
