import { createHash } from 'node:crypto';

/** No external assets: this page must work on a train. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --raised: #f6f7f9; --line: #d5d9e0; --ink: #16191f; --quiet: #545b68; --link: #1a56c4; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14161a; --raised: #1d2026; --line: #363b45; --ink: #eceef2; --quiet: #a6adba; --link: #8ab4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
a:focus-visible, input:focus-visible, button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header, main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.4rem; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.notice { margin: .5rem 0 0; color: var(--quiet); font-size: .9rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 0 0 1rem; }
label { display: grid; gap: .25rem; flex: 1 1 14rem; font-size: .9rem; color: var(--quiet); }
label.choice { display: flex; align-items: center; gap: .5rem; flex-basis: 100%; }
label.choice input { min-height: 0; width: 1.25rem; height: 1.25rem; }
input, button { min-height: 2.75rem; padding: 0 .75rem; border: 1px solid var(--quiet); border-radius: .4rem; background: var(--ground); color: var(--ink); font: inherit; }
button { background: var(--raised); cursor: pointer; }
li form { margin: .5rem 0; }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
li a { display: grid; gap: .1rem; padding: .75rem .25rem; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
li a:hover { background: var(--raised); }
li strong { color: var(--link); }
.empty { padding: 2rem; border: 1px dashed var(--line); border-radius: .5rem; text-align: center; color: var(--quiet); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: 1rem 0; overflow-wrap: anywhere; }
dt { color: var(--quiet); }
dd { margin: 0; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
iframe { width: 100%; height: 20rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; color-scheme: light; }
pre { margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** Replaces the list when it changed, without moving focus or scroll while it has not. */
export const POLL_SCRIPT = `
setInterval(async () => {
  if (document.hidden || document.getElementById('mails').contains(document.activeElement)) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('mails');
  const shown = document.getElementById('mails');
  if (fresh && fresh.dataset.latest !== shown.dataset.latest) shown.replaceWith(document.adoptNode(fresh));
}, 2000);
`;

/** How a content security policy names one inline script or style. */
export const sourceOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

export const STYLE_SOURCE = sourceOf(STYLE);
export const POLL_SCRIPT_SOURCE = sourceOf(POLL_SCRIPT);
