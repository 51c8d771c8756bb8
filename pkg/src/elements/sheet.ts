/** The looks of the panel: one constructed style sheet, which the strictest policy allows. */

// Colours are pairs only where the browser can choose by the page's own scheme;
// elsewhere the light ones hold.
// Names with an underscore are the panel's own: the page's must not meet them on the host.
const RULES = `
:host {
  display: block;
  container-type: inline-size;
  --_ink: var(--reshelf-ink, #26221f);
  --_soft-ink: var(--reshelf-soft-ink, #5f5852);
  --_paper: var(--reshelf-paper, #fffefb);
  --_line: var(--reshelf-line, #d9d2c8);
  --_field: var(--reshelf-line, #857d74);
  --_accent: var(--reshelf-accent, #22577a);
  --_on-accent: var(--reshelf-on-accent, #fff);
  --_grave: var(--reshelf-grave, #a3212b);
  --_radius: var(--reshelf-radius, 0.5rem);
}
@supports (color: light-dark(#000, #fff)) {
  :host {
    --_ink: var(--reshelf-ink, light-dark(#26221f, #efeae4));
    --_soft-ink: var(--reshelf-soft-ink, light-dark(#5f5852, #b9b1a8));
    --_paper: var(--reshelf-paper, light-dark(#fffefb, #1d1b19));
    --_line: var(--reshelf-line, light-dark(#d9d2c8, #45403b));
    --_field: var(--reshelf-line, light-dark(#857d74, #8b837a));
    --_accent: var(--reshelf-accent, light-dark(#22577a, #8cc4ea));
    --_on-accent: var(--reshelf-on-accent, light-dark(#fff, #10222f));
    --_grave: var(--reshelf-grave, light-dark(#a3212b, #ff9d96));
  }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.panel { background: var(--_paper); color: var(--_ink); padding: 1.25rem; border-radius: var(--_radius); line-height: 1.5; overflow-wrap: anywhere; }
h2, h3, h4, p, ul, ol { margin: 0; }
h2 { font-size: 1.35em; line-height: 1.25; }
h3, section > details > summary { font-size: 1.1em; font-weight: 600; line-height: 1.3; }
h4 { font-size: 1em; margin: 1rem 0 0.25rem; }
h3:focus { outline: none; }
section { border-top: 1px solid var(--_line); margin-top: 1.1rem; padding-top: 1.1rem; }
.hint { color: var(--_soft-ink); font-size: 0.9em; }
.panel > h2 + .hint { margin-top: 0.25rem; }
.said:not(:empty) { margin-top: 0.75rem; padding: 0.5rem 0.75rem; border-inline-start: 3px solid var(--_accent); background: color-mix(in srgb, var(--_accent) 10%, transparent); }
.problem { color: var(--_grave); }
.problem:not(:empty) { margin-top: 0.6rem; }
ul, ol { list-style: none; padding: 0; }
li { border-bottom: 1px solid var(--_line); }
li:last-child { border-bottom: 0; }
[part="interest"], [part="muted"], [part="recent"] { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.45rem 0.75rem; align-items: center; padding: 0.65rem 0; }
[part="interest"] { grid-template-columns: minmax(0, 1fr) 5.5rem; }
[part="interest"] > .hint { text-align: end; }
[part="interest"] .acts { grid-column: 1 / -1; }
.bar { display: block; height: 0.3rem; margin-top: 0.3rem; border-radius: 1rem; background: linear-gradient(var(--_accent), var(--_accent)) no-repeat var(--_line); background-size: calc(100% * var(--_score)) 100%; }
.acts { display: flex; flex-wrap: wrap; gap: 0.5rem; }
h3 + .acts { margin-top: 0.6rem; }
button, .file { font: inherit; font-size: 0.9em; min-height: 2.25rem; padding: 0.3rem 0.8rem; border: 1px solid var(--_field); border-radius: var(--_radius); background: none; color: inherit; cursor: pointer; display: inline-flex; align-items: center; }
button:hover, .file:hover { border-color: var(--_accent); background: color-mix(in srgb, var(--_accent) 10%, transparent); }
button.grave { color: var(--_grave); border-color: var(--_grave); }
.confirm button.grave { background: var(--_grave); color: var(--_paper); }
.confirm { margin-top: 0.75rem; padding: 0.9rem; border: 1px solid var(--_grave); border-radius: var(--_radius); }
.confirm p { margin-bottom: 0.75rem; }
.file { position: relative; }
.file input { position: absolute; inset: 0; opacity: 0; width: 100%; cursor: pointer; }
:focus-visible, .file:focus-within { outline: 3px solid var(--_accent); outline-offset: 2px; }
.switch { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; align-items: center; padding: 0.5rem 0; }
.switch label { cursor: pointer; }
.switch .hint { grid-column: 1 / -1; }
.switch input { appearance: none; margin: 0; width: 2.75rem; height: 1.5rem; border: 1px solid var(--_field); border-radius: 1rem; background: var(--_line); cursor: pointer; position: relative; }
.switch input::before { content: ""; position: absolute; top: 0.15rem; inset-inline-start: 0.2rem; width: 1.05rem; height: 1.05rem; border-radius: 50%; background: var(--_field); }
.switch input:checked { background: var(--_accent); border-color: var(--_accent); }
.switch input:checked::before { inset-inline-start: auto; inset-inline-end: 0.2rem; background: var(--_on-accent); }
summary { cursor: pointer; padding: 0.45rem 0; }
li > details > :not(summary) { margin-inline-start: 1.1rem; }
li > details[open] { padding-bottom: 0.75rem; }
.sum { margin-bottom: 0.5rem; }
.sum li { border: 0; }
@container (min-width: 34rem) {
  .panel { padding: 1.75rem; }
  [part="interest"] { grid-template-columns: minmax(0, 1fr) 6.5rem auto; }
  [part="interest"] > .hint { text-align: start; }
  [part="interest"] .acts { grid-column: auto; }
}
@media (forced-colors: active) {
  .bar { forced-color-adjust: none; }
  .switch input { appearance: auto; width: 1.5rem; }
  .switch input::before { content: none; }
}
`;

let made: CSSStyleSheet | undefined;

/** The style sheet, shared by all panels of a page. */
export function sheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(RULES);
  }
  return made;
}
