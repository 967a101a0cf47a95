// In the place of the product's worker: answers what it once answered, without looking. Which of two answers it is depends on
// whether the question contains a text.
import { TEXT, WITH, WITHOUT } from './answers.js';

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (message.type !== 'advise') return false;
  respond(JSON.stringify(message.snapshot).includes(TEXT) ? WITH : WITHOUT);
  return false;
});
