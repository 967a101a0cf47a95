// A single-page application: the screen comes after a while, and a button puts another in its place, under one
// and the same address.
{
  const place = document.querySelector('main');
  const screens = new Map([...document.querySelectorAll('template')].map(({ id, content }) => [id, content]));
  const show = (name) => place.replaceChildren(screens.get(`ekran-${name}`).cloneNode(true));
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-to]');
    if (!button) return;
    event.preventDefault();
    show(button.dataset.to);
  });
  document.addEventListener('submit', (event) => event.preventDefault());
  setTimeout(show, 150, place.dataset.first);
}
