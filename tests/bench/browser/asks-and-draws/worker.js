// The least that an extension does which asks its worker: it gets a constant.
chrome.runtime.onMessage.addListener((message, sender, respond) => {
  respond('Merhaba');
  return false;
});
