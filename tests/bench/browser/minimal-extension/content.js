// Sends a message to the worker and draws the response into a closed shadow root.
chrome.runtime.sendMessage({ type: 'ask' }).then((text) => {
  const host = document.createElement('div');
  host.setAttribute('data-eimza-yardimcisi', '');
  host.attachShadow({ mode: 'closed' }).textContent = text;
  document.documentElement.append(host);
});
