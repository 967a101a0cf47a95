// Records the events that the page's own scripts receive, for tests: window.pageEvents.
window.pageEvents = [];
for (const type of ['input', 'change', 'submit']) {
  document.addEventListener(type, (event) => {
    const { target, isTrusted } = event;
    window.pageEvents.push({ type, field: target.name ?? '', value: target.value ?? '', trusted: isTrusted });
  });
}
