// Ant Design: Form.Item with labels that its `name` connects; `?variant=unnamed` leaves the names out, as forms with
// controlled values do.
import React, { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Button, Checkbox, Form, Input, Menu, Modal, Radio, Segmented, Select, Typography } from 'antd';
import { useIMask } from 'react-imask';
import { initialValues, maskFor, model } from '../model.js';

const UNNAMED = new URLSearchParams(location.search).get('variant') === 'unnamed';

/** react-imask drives the input inside Ant Design's. */
function MaskedInput({ mask, id, onChange }) {
  const { ref, value } = useIMask({ mask: maskFor(mask, '0'), lazy: false, overwrite: true }, { onAccept: (text) => onChange?.(text) });
  return <Input id={id} value={value} onChange={() => {}} ref={(input) => { ref.current = input?.input ?? null; }} />;
}

function controlOf({ kind, suffix, options, placeholder, mask, type, readonly }) {
  switch (kind) {
    case 'textarea': return <Input.TextArea rows={3} placeholder={placeholder} />;
    case 'password': return <Input.Password placeholder={placeholder} />;
    case 'select': return <Select placeholder={placeholder} options={options.map((value) => ({ value, label: value }))} />;
    case 'combobox': return <Select showSearch placeholder={placeholder} options={options.map((value) => ({ value, label: value }))} />;
    case 'radio': return <Radio.Group options={options} />;
    case 'segmented': return UNNAMED
      ? <Radio.Group optionType="button" options={options} />
      : <Segmented options={options} />;
    case 'masked': return <MaskedInput mask={mask} />;
    case 'checkbox': return <Checkbox />;
    default: return <Input type={type} placeholder={placeholder} allowClear={suffix === 'clear'} readOnly={readonly} />;
  }
}

function Item({ field, value, onChange }) {
  const { id, kind, label, required, help } = field;
  const control = controlOf(field);
  if (kind === 'checkbox') {
    return UNNAMED
      ? <Form.Item data-field={id}><Checkbox checked={value} onChange={(event) => onChange(event.target.checked)}>{label}</Checkbox></Form.Item>
      : <Form.Item data-field={id} name={id} valuePropName="checked"><Checkbox>{label}</Checkbox></Form.Item>;
  }
  if (!UNNAMED) return <Form.Item data-field={id} name={id} label={label} extra={help} rules={[{ required }]}>{control}</Form.Item>;
  const changed = (change) => onChange(change?.target ? change.target.value : change ?? '');
  return (
    <Form.Item data-field={id} label={label} extra={help} required={required}>
      {React.cloneElement(control, { value: value === '' && /select|combobox/.test(kind) ? undefined : value, onChange: changed })}
    </Form.Item>
  );
}

/** Segmented shows its first choice as chosen unless it has a value; a list shows its placeholder only without one. */
const START = Object.fromEntries(model.fields.map(({ id, kind }) => [id, initialValues[id] === '' && kind !== 'segmented' ? undefined : initialValues[id]]));

function Screen() {
  const [form] = Form.useForm();
  const [values, setValues] = useState(initialValues);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(Boolean(model.modal)), []);
  window.state = () => (UNNAMED ? values : { ...initialValues, ...Object.fromEntries(Object.entries(form.getFieldsValue()).map(([id, value]) => [id, value ?? ''])) });
  const items = model.fields.map((field) => (
    <Item key={field.id} field={field} value={values[field.id]} onChange={(value) => setValues((old) => ({ ...old, [field.id]: value }))} />
  ));
  const buttons = model.buttons.map((text) => <Button key={text} type="primary" htmlType="submit" onClick={() => {}}>{text}</Button>);
  const content = <Form form={form} layout={UNNAMED ? 'horizontal' : 'vertical'} labelCol={UNNAMED ? { span: 8 } : undefined} initialValues={START}>{items}</Form>;
  return (
    <div style={{ maxWidth: 760, margin: '24px auto', padding: '0 16px' }}>
      {model.headings.map((text) => <Typography.Title key={text} level={3}>{text}</Typography.Title>)}
      {model.texts.map((text) => <Typography.Paragraph key={text}>{text}</Typography.Paragraph>)}
      {model.menu && <Menu mode="inline" items={model.menu.map(({ text }) => ({ key: text, label: text, 'data-entry': text }))} />}
      {model.modal
        ? <Modal title="Başvuru" open={open} footer={buttons} onCancel={() => setOpen(false)} getContainer={false}>{content}</Modal>
        : <>{model.fields.length > 0 && content}<div style={{ textAlign: 'right' }}>{buttons}</div></>}
    </div>
  );
}

createRoot(document.getElementById('app')).render(<Screen />);
