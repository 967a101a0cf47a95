// The least that a worker does for its content script: it returns a constant.
chrome.runtime.onMessage.addListener((message, sender, respond) => {
  respond('Merhaba');
  return false;
});
