// Opens the welcome page once, after installation.

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') chrome.tabs.create({ url: 'panel/welcome.html' });
});
