/** Every key the dashboard knows, in the one place that the listener, the palette and the `?` dialog read. */
export const PALETTE_KEY = 'k';
export const GO_PREFIX = 'g';

/** Pressed after `g`: where each leads stands with the page (org-nav.tsx). */
export const GO = {
  overview: 'o',
  sandboxes: 's',
  templates: 'p',
  snapshots: 'n',
  volumes: 'v',
  observability: 'b',
  usage: 'u',
  members: 'm',
  tokens: 't',
  audit: 'a',
  settings: 'e',
  reference: 'r',
  account: 'y',
  doctor: 'd',
  agents: 'h',
} as const;

/** Pressed alone. A page names what `create` and `filter` are with the attribute `data-shortcut`. */
export const SINGLE = {
  '?': { act: 'help' },
  '/': { act: 'filter' },
  c: { act: 'create' },
  j: { act: 'next-row' },
  k: { act: 'previous-row' },
} as const;

export type SingleAct = (typeof SINGLE)[keyof typeof SINGLE]['act'];

export function singleAct(key: string): SingleAct | undefined {
  return Object.hasOwn(SINGLE, key) ? SINGLE[key as keyof typeof SINGLE].act : undefined;
}
