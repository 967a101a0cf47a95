// Shows a procedure's list to be printed: all of it is in wasm/app/src/panel/list.rs.
import { known, openList } from '../module.js';

const { lang, notebook, os } = await known();
openList(lang, notebook, os, new URLSearchParams(location.search).get('islem') ?? '');
