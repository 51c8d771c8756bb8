/** What the shopper has selected, while elements move: a browser lets go of what is selected inside of one, also where it keeps the focus. */
import { quietly } from "./quietly.js";

/** Moves, and selects again what the move let go of. */
export function keepSelection<T>(move: () => T): T {
  let restore = () => {};
  quietly(() => {
    // Whatever a selection is asked for pays for a layout, at the start of a page up to
    // 400 ms of a slow phone; and nobody selects without a key or a press.
    if (navigator.userActivation?.hasBeenActive === false) return;
    const selection = document.getSelection()!;
    const { isCollapsed, anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (isCollapsed) return;
    restore = () => {
      if (selection.anchorNode !== anchorNode || selection.focusNode !== focusNode) selection.setBaseAndExtent(anchorNode!, anchorOffset, focusNode!, focusOffset);
    };
  });
  const moved = move();
  quietly(restore);
  return moved;
}
