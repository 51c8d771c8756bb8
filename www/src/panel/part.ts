/** A part of the panel: an element, and how to bring it up to date. */
export interface Part {
  element: HTMLElement;
  refresh(): void;
}
