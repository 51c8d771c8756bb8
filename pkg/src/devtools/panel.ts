/** What a tab of the overlay is. Must not live here: any of them. */

export interface Panel {
  /** Of its tab. */
  readonly title: string;
  readonly element: HTMLElement;
  /** Shows what is so now; called when its tab is opened, and while it is open when something happened. */
  refresh(): void;
  /** Ends what it started. */
  end?(): void;
}
