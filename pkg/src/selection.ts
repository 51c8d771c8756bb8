/** What the shopper has selected, while elements move: a browser lets go of what is selected inside of one, also where it keeps the focus. */
import { quietly } from "./quietly.js";

/** Moves, and selects again what the move let go of. */
export function keepSelection<T>(move: () => T): T {
  let restore = () => {};
  quietly(() => {
    // Whatever a selection is asked for pays for a layout, at the start of a page up to
    // 400 ms of a slow phone.
    if (isUntouched()) return;
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

/** Nobody selects without a press or a key. Sticky activation, which tells of them too, some browsers carry over from the page before. */
function isUntouched(): boolean {
  const counts = (performance as { eventCounts?: ReadonlyMap<string, number> }).eventCounts;
  if (!counts) return navigator.userActivation?.hasBeenActive === false;
  return ["pointerdown", "keydown"].every(type => counts.get(type) === 0);
}
