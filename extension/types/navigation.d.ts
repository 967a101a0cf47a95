// The Navigation API, which TypeScript's own declarations lack (HTML standard, 7.2.6).
interface Window {
  readonly navigation?: EventTarget;
}
