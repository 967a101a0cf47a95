// Element Plus: el-form-item with a label, el-select (its input is inside a drawn box), el-segmented, el-menu, el-dialog.
import { createApp, reactive } from 'vue';
import ElementPlus from 'element-plus';
import { vMaska } from 'maska/vue';
import 'element-plus/dist/index.css';
import { initialValues, maskFor, model } from '../model.js';

const values = reactive({ ...initialValues });
window.state = () => ({ ...values });

const FIELDS = `
<el-form :model="values" label-width="200px" @submit.prevent>
  <el-form-item v-for="field in model.fields" :key="field.id" :data-field="field.id" :required="field.required"
    :prop="field.id" :label="field.kind === 'checkbox' ? '' : field.label">
    <el-select v-if="field.kind === 'select' || field.kind === 'combobox'" v-model="values[field.id]"
      :filterable="field.kind === 'combobox'" :placeholder="field.placeholder ?? ' '">
      <el-option v-for="option in field.options" :key="option" :label="option" :value="option" />
    </el-select>
    <el-radio-group v-else-if="field.kind === 'radio'" v-model="values[field.id]">
      <el-radio v-for="option in field.options" :key="option" :value="option">{{ option }}</el-radio>
    </el-radio-group>
    <el-segmented v-else-if="field.kind === 'segmented'" v-model="values[field.id]" :options="field.options" />
    <el-checkbox v-else-if="field.kind === 'checkbox'" v-model="values[field.id]" :label="field.label" />
    <el-input v-else-if="field.kind === 'masked'" v-model="values[field.id]"
      v-maska="{ mask: maskFor(field.mask, '#', '!', /[#@*]/), eager: true }" :placeholder="field.mask" />
    <el-input v-else v-model="values[field.id]" :placeholder="field.placeholder" :readonly="field.readonly"
      :type="field.kind === 'textarea' ? 'textarea' : field.kind === 'password' ? 'password' : field.type ?? 'text'"
      :rows="3" :clearable="field.suffix === 'clear'" :show-password="field.suffix === 'reveal'" />
    <div v-if="field.help" class="el-form-item__help" style="font-size: 12px; color: #909399">{{ field.help }}</div>
  </el-form-item>
</el-form>`;

const BUTTONS = '<el-button v-for="text in model.buttons" :key="text" type="primary">{{ text }}</el-button>';

createApp({
  directives: { maska: vMaska },
  setup: () => ({ model, values, maskFor, open: reactive({ dialog: true }) }),
  template: `
<div style="max-width: 760px; margin: 24px auto; padding: 0 16px; font-family: sans-serif">
  <h1 v-for="text in model.headings" :key="text">{{ text }}</h1>
  <p v-for="text in model.texts" :key="text">{{ text }}</p>
  <el-menu v-if="model.menu">
    <el-menu-item v-for="{ text } in model.menu" :key="text" :index="text" :data-entry="text">{{ text }}</el-menu-item>
  </el-menu>
  <el-dialog v-if="model.modal" v-model="open.dialog" title="Başvuru" width="600">${FIELDS}<template #footer>${BUTTONS}</template></el-dialog>
  <template v-else>${FIELDS}<div style="text-align: right">${BUTTONS}</div></template>
</div>`,
}).use(ElementPlus).mount('#app');
