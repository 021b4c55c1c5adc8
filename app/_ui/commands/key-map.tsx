'use client';

import { useState } from 'react';
import { Dialog } from '../dialog';
import type { Command } from './command';
import { Keys } from './keys';
import { singleKeysOn, switchSingleKeys } from './single-keys';

export interface KeyMapProps {
  commands: readonly Command[];
  onClose: () => void;
}

const EVERYWHERE = [
  { keys: 'Ctrl/⌘ K', label: 'Search and do' },
  { keys: '?', label: 'This list' },
  { keys: '/', label: 'Narrow what the page shows' },
  { keys: 'c', label: 'Something new, where the page has it' },
];

/** What the keyboard does here. */
export function KeyMap({ commands, onClose }: KeyMapProps) {
  const [on, setOn] = useState(singleKeysOn);
  const listed = [...EVERYWHERE, ...commands.flatMap(({ keys, label }) => (keys ? [{ keys, label }] : []))];
  return (
    <Dialog title="Keyboard shortcuts" open onOpenChange={(open) => !open && onClose()}>
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1.5 text-sm">
        {listed.map(({ keys, label }) => (
          <div key={keys} className="contents">
            <dt>{label}</dt>
            <dd className="text-right">
              <Keys of={keys} />
            </dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex items-start gap-2.5 border-t pt-4 text-sm">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchSingleKeys(event.target.checked);
            setOn(event.target.checked);
          }}
          className="mt-0.5 size-4 accent-(--accent)"
        />
        <span>
          Keys without Ctrl or ⌘<span className="block text-muted">Off in this browser, only Ctrl/⌘ K does something.</span>
        </span>
      </label>
    </Dialog>
  );
}
