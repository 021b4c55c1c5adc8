import type { ReactNode } from 'react';

export const GROUPS = ['pages', 'actions', 'organizations', 'members', 'sandboxes'] as const;

export type Effect =
  | { kind: 'open'; href: string }
  /** Opens an organization and makes it the current one. */
  | { kind: 'switch'; href: string; org: { id: string; name: string } }
  | { kind: 'copy'; value: string }
  | { kind: 'theme'; theme: 'light' | 'dark' | 'system' }
  | { kind: 'sign-out' }
  | { kind: 'help' };

/** Something the palette finds. What its person may not do is never made into one. */
export interface Command {
  id: string;
  group: (typeof GROUPS)[number];
  label: string;
  icon: ReactNode;
  /** Beside the label, quieter. */
  detail?: string;
  /** Found by these too. */
  words?: string;
  /** The key that leads there, pressed after `g`. */
  go?: string | undefined;
  effect: Effect;
}
