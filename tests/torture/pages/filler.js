// Fills the origin's localStorage as another script of a shop might, and gives
// back pieces of it: pieces of 10 KB, so that the shop has one to remove.
{
  const PIECE = 10 * 1024;
  const name = at => `filler.${String(at).padStart(6, "0")}`;
  const fits = (key, length) => {
    try {
      localStorage.setItem(key, "x".repeat(length));
      return true;
    } catch {
      return false;
    }
  };
  window.filler = {
    /** Until not one more character fits; how many characters all keys and values have. */
    fill() {
      let at = 0;
      for (; fits(name(at), PIECE - name(at).length); at++);
      // Down to single characters, in keys that are as short as the last gap.
      for (let length = PIECE; length >= 1; length = Math.floor(length / 2)) {
        for (; fits(name(at), length); at++);
      }
      for (let last = 0; fits(`~${last}`, 0); last++);
      for (let last = 0; fits(String.fromCharCode(0x4e00 + last), 0); last++);
      return window.filler.size();
    },
    size: () => Object.keys(localStorage).reduce((total, key) => total + key.length + localStorage.getItem(key).length, 0),
    /** Gives 10 KB back, of the filler's own. */
    giveBack() {
      localStorage.removeItem(name(0));
    },
    /** The shop's own write of 10 KB, key included; whether it went in. */
    writeCart: () => fits("cart", PIECE - "cart".length),
    ownKeys: store => Object.keys(localStorage).filter(key => key.startsWith(`reshelf.${store}.`)),
  };
}
