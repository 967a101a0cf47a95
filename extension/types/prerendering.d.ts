// Prerendering, which TypeScript's DOM library does not declare yet.
interface Document {
  /** Whether the page is prerendered and not shown yet; undefined where the browser does not prerender. */
  readonly prerendering?: boolean;
}
