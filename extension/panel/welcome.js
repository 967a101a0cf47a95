// The page after installation: all of it is in wasm/app/src/panel/welcome.rs.
import { known, openWelcome } from '../module.js';

openWelcome(await known());
