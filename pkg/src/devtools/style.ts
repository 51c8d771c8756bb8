/** The overlay's looks: a constructed style sheet, which no content security policy forbids. */

const CSS = `
:host { all: initial; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.frame {
  --paper: #fffdf8; --ink: #2b2225; --soft: #63545a; --line: #d9cdbd; --mark: #8f2f38; --hold: #f3ead9;
  position: fixed; inset: 0 0 0 auto; z-index: 2147483646; display: flex; flex-direction: column;
  width: min(36rem, 100vw); border-left: 1px solid var(--line); background: var(--paper); color: var(--ink);
  font: 400 14px/1.45 system-ui, sans-serif; box-shadow: 0 0 24px rgb(0 0 0 / 25%);
}
@media (prefers-color-scheme: dark) {
  .frame { --paper: #1d1719; --ink: #f1e7dc; --soft: #c2b2a8; --line: #463a3a; --mark: #f09a94; --hold: #2a2325; color-scheme: dark; }
}
@media (max-width: 40rem) { .frame { inset: auto 0 0 0; height: 75vh; border-left: 0; border-top: 1px solid var(--line); } }
header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 10px 14px; border-bottom: 1px solid var(--line); }
h2 { margin: 0; font-size: 16px; }
[role="tablist"] { display: flex; gap: 2px; overflow-x: auto; padding: 0 8px; border-bottom: 1px solid var(--line); }
[role="tab"] { padding: 9px 10px; border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; }
[role="tab"][aria-selected="true"] { border-color: var(--mark); font-weight: 600; }
.body { flex: 1; overflow-y: auto; padding: 12px 14px 24px; }
button, select { padding: 5px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--hold); color: inherit; font: inherit; max-width: 100%; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 1px; }
[role="tab"]:focus-visible { outline-offset: -3px; }
p { margin: 0 0 10px; }
.empty { color: var(--soft); }
.fields { display: flex; flex-wrap: wrap; align-items: end; gap: 10px; margin-bottom: 12px; }
.field { display: grid; gap: 3px; min-width: 0; }
label { color: var(--soft); font-size: 12px; }
.scroll { overflow-x: auto; margin: 10px 0 16px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
caption { padding-bottom: 5px; font-weight: 600; text-align: left; }
th, td { padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: break-word; }
thead th { color: var(--soft); font-size: 12px; }
`;

export function dress(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
}
