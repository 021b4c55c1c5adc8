'use client';

import type { ReactNode } from 'react';
import { Dialog } from '@/app/_ui/dialog';
import { Kbd } from '@/app/_ui/kbd';
import { usePlatformKey } from '@/app/_ui/use-platform-key';
import * as words from '@/messages/palette';
import type { Command } from './command';
import { GO_PREFIX, PALETTE_KEY, SINGLE } from './shortcuts';
import { useSingleKeys } from './single-keys';

/** The map of all keys, and the switch for those without a modifier. */
export function ShortcutsDialog({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { on, turn } = useSingleKeys();
  const modifier = usePlatformKey();
  return (
    <Dialog title={words.shortcuts} open onOpenChange={onClose} className="max-w-2xl">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <div className="flex flex-col gap-5">
          <Keys title={words.everywhere}>
            <Line keys={[modifier, PALETTE_KEY.toUpperCase()]}>{words.searchAndRun}</Line>
            {Object.entries(SINGLE).map(([key, { act }]) => (
              <Line key={key} keys={[key]} off={!on}>
                {words.acts[act]}
              </Line>
            ))}
          </Keys>
          <Switch on={on} onTurn={turn} />
        </div>
        <Keys title={words.goTo}>
          {commands.map(
            ({ id, label, go }) =>
              go && (
                <Line key={id} keys={[GO_PREFIX, go]} off={!on}>
                  {label}
                </Line>
              ),
          )}
        </Keys>
      </div>
    </Dialog>
  );
}

function Switch({ on, onTurn }: { on: boolean; onTurn: (on: boolean) => void }) {
  return (
    <label className="flex items-start gap-2.5 rounded-md bg-sunken p-3 text-sm">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onTurn(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <span>
        <span className="block font-medium">{words.singleKeys}</span>
        <span className="block text-muted">{words.singleKeysHint}</span>
      </span>
    </label>
  );
}

function Keys({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 text-muted text-xs">{title}</h3>
      <dl className="divide-y">{children}</dl>
    </section>
  );
}

function Line({ keys, off = false, children }: { keys: readonly string[]; off?: boolean; children: string }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 py-1 text-sm">
      <dt className={off ? 'text-faint line-through' : undefined}>{children}</dt>
      <dd className="flex shrink-0 gap-1">
        {keys.map((key, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand twice
          <Kbd key={index}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
