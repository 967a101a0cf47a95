// A single-page application: the screen appears after a delay, and buttons replace it under the same address.
{
  const main = document.querySelector('main');
  const screens = new Map([...document.querySelectorAll('template')].map(({ id, content }) => [id, content]));
  const show = (name) => main.replaceChildren(screens.get(`ekran-${name}`).cloneNode(true));
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-to]');
    if (!button) return;
    event.preventDefault();
    show(button.dataset.to);
  });
  document.addEventListener('submit', (event) => event.preventDefault());
  setTimeout(show, 150, main.dataset.first);
}
