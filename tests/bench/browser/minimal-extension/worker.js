// The minimal worker: returns a constant to the content script.
chrome.runtime.onMessage.addListener((message, sender, respond) => {
  respond('Merhaba');
  return false;
});
