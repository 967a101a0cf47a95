// Shows a procedure's list to be printed: all of it is in wasm/app/src/panel/list.rs.
import { known, openList } from '../module.js';

openList(await known(), new URLSearchParams(location.search).get('islem') ?? '');
