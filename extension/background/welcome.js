// The page that is shown once, when the extension has been installed.

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') chrome.tabs.create({ url: 'panel/welcome.html' });
});
