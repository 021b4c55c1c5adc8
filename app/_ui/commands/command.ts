import type { ReactNode } from 'react';

export const GROUPS = ['Do', 'Go to', 'Organizations', 'Members', 'Sandboxes'] as const;

/** Something the palette offers and, where it has keys, the keyboard does. */
export interface Command {
  /** Stands for it among those used lately. */
  id: string;
  group: (typeof GROUPS)[number];
  label: string;
  /** Beside the label: a role, a state. */
  detail?: string | undefined;
  icon?: ReactNode;
  /** Pressed one after the other, such as "g m". */
  keys?: string | undefined;
  run: () => void;
}
