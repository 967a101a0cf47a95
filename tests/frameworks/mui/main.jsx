// Material UI: TextField with a floating label, Select and Autocomplete in a FormControl, ToggleButtonGroup, Dialog.
import React, { useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  Autocomplete, Button, Checkbox, Container, CssBaseline, Dialog, DialogActions, DialogContent, DialogTitle, FormControl,
  FormControlLabel, FormHelperText, FormLabel, IconButton, InputAdornment, InputLabel, List, ListItemButton, ListItemText,
  MenuItem, Paper, Radio, RadioGroup, Select, Stack, TextField, ToggleButton, ToggleButtonGroup, Typography,
} from '@mui/material';
import { IMaskInput } from 'react-imask';
import { initialValues, maskFor, model } from '../model.js';

const MaskedInput = React.forwardRef(function MaskedInput({ mask, onChange, name, ...props }, ref) {
  return <IMaskInput {...props} name={name} mask={mask} lazy={false} inputRef={ref} overwrite onAccept={(value) => onChange({ target: { name, value } })} />;
});

function SuffixButton({ name, text, onClick }) {
  return <InputAdornment position="end"><IconButton aria-label={name} edge="end" size="small" onClick={onClick}>{text}</IconButton></InputAdornment>;
}

function TextBox({ field, value, onChange }) {
  const { id, kind, label, suffix, help, placeholder, required, readonly, mask, type = 'text' } = field;
  const [revealed, setRevealed] = useState(false);
  const input = { readOnly: readonly };
  if (suffix === 'clear') input.endAdornment = <SuffixButton name="Temizle" text="✕" onClick={() => onChange('')} />;
  if (suffix === 'reveal') input.endAdornment = <SuffixButton name="Göster" text="◉" onClick={() => setRevealed(!revealed)} />;
  if (kind === 'masked') Object.assign(input, { inputComponent: MaskedInput, inputProps: { mask: maskFor(mask, '0') } });
  return (
    <TextField
      id={id} name={id} label={label} required={required} placeholder={placeholder} helperText={help} fullWidth
      type={kind === 'password' && !revealed ? 'password' : type}
      multiline={kind === 'textarea'} minRows={kind === 'textarea' ? 3 : undefined} data-field={id}
      value={value} onChange={(event) => onChange(event.target.value)} slotProps={{ input }}
    />
  );
}

function SelectBox({ field: { id, label, options, required, placeholder, help }, value, onChange }) {
  return (
    <FormControl fullWidth required={required} data-field={id}>
      <InputLabel id={`${id}-label`}>{label}</InputLabel>
      <Select labelId={`${id}-label`} id={id} label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {placeholder && <MenuItem value=""><em>{placeholder}</em></MenuItem>}
        {options.map((option) => <MenuItem key={option} value={option}>{option}</MenuItem>)}
      </Select>
      {help && <FormHelperText>{help}</FormHelperText>}
    </FormControl>
  );
}

function Choice({ field: { id, kind, label, options, required }, value, onChange }) {
  return (
    <FormControl required={required} data-field={id}>
      <FormLabel id={`${id}-label`}>{label}</FormLabel>
      {kind === 'radio' ? (
        <RadioGroup row aria-labelledby={`${id}-label`} name={id} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => <FormControlLabel key={option} value={option} control={<Radio />} label={option} />)}
        </RadioGroup>
      ) : (
        <ToggleButtonGroup exclusive aria-labelledby={`${id}-label`} value={value} onChange={(_, chosen) => onChange(chosen ?? '')}>
          {options.map((option) => <ToggleButton key={option} value={option}>{option}</ToggleButton>)}
        </ToggleButtonGroup>
      )}
    </FormControl>
  );
}

function Field({ field, value, onChange }) {
  const { id, kind, label, options, required } = field;
  if (kind === 'select') return <SelectBox field={field} value={value} onChange={onChange} />;
  if (kind === 'radio' || kind === 'segmented') return <Choice field={field} value={value} onChange={onChange} />;
  if (kind === 'checkbox') return <FormControlLabel data-field={id} label={label} control={<Checkbox checked={value} onChange={(event) => onChange(event.target.checked)} />} />;
  if (kind === 'combobox') {
    return <Autocomplete
      id={id} data-field={id} options={options} value={value || null} onChange={(_, chosen) => onChange(chosen ?? '')}
      renderInput={(props) => <TextField {...props} label={label} required={required} />}
    />;
  }
  return <TextBox field={field} value={value} onChange={onChange} />;
}

function Screen() {
  const [values, setValues] = useState(initialValues);
  window.state = () => values;
  const fields = (
    <Stack component="form" spacing={2} sx={{ pt: 1 }} noValidate onSubmit={(event) => event.preventDefault()} id="form">
      {model.fields.map((field) => (
        <Field key={field.id} field={field} value={values[field.id]} onChange={(value) => setValues((old) => ({ ...old, [field.id]: value }))} />
      ))}
    </Stack>
  );
  const buttons = model.buttons.map((text) => <Button key={text} type="submit" form="form" variant="contained">{text}</Button>);
  return (
    <Container maxWidth="md" sx={{ py: 3 }}>
      <CssBaseline />
      {model.headings.map((text) => <Typography key={text} variant="h5" component="h1" gutterBottom>{text}</Typography>)}
      {model.texts.map((text) => <Typography key={text} gutterBottom>{text}</Typography>)}
      {model.menu && (
        <Paper><List component="nav">{model.menu.map(({ text }) => (
          <ListItemButton key={text} data-entry={text}><ListItemText primary={text} /></ListItemButton>
        ))}</List></Paper>
      )}
      {model.modal ? (
        <Dialog open fullWidth><DialogTitle>Başvuru</DialogTitle><DialogContent>{fields}</DialogContent><DialogActions>{buttons}</DialogActions></Dialog>
      ) : <>{fields}<Stack direction="row" sx={{ mt: 3, justifyContent: 'flex-end' }}>{buttons}</Stack></>}
    </Container>
  );
}

createRoot(document.getElementById('app')).render(<Screen />);
