'use client';

import { Camera, CircleStop, Clock, Ellipsis, GitFork, Moon, Pause, Play, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Menu, MenuItem, MenuSeparator } from '@/app/_ui/menu';
import { toast } from '@/app/_ui/toast';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import { actionsOf } from './actions-of';
import { LifetimeDialog } from './lifetime-dialog';
import { type SandboxAction, useSandboxAction } from './use-sandbox-action';

export const WORDS: Record<SandboxAction, { word: string; icon: ReactNode }> = {
  pause: { word: 'Pause', icon: <Pause aria-hidden="true" /> },
  resume: { word: 'Resume', icon: <Play aria-hidden="true" /> },
  hibernate: { word: 'Hibernate', icon: <Moon aria-hidden="true" /> },
  wake: { word: 'Wake', icon: <Sun aria-hidden="true" /> },
  snapshot: { word: 'Take a snapshot', icon: <Camera aria-hidden="true" /> },
  fork: { word: 'Fork', icon: <GitFork aria-hidden="true" /> },
};

export interface ActedOn {
  id: string;
  status: string;
  held: boolean;
  persistent: boolean;
  ttlSeconds: number;
}

interface SandboxMenuProps {
  orgId: string;
  sandbox: ActedOn;
  listPath: string;
  /** In its own page the first actions are buttons, and ending it leads back to the list. */
  inHeader?: boolean;
}

/** Everything one can do with a sandbox. */
export function SandboxMenu({ orgId, sandbox, listPath, inHeader = false }: SandboxMenuProps) {
  const { pending, act } = useSandboxAction({ orgId, sandboxId: sandbox.id, listPath });
  const [asking, setAsking] = useState<'end' | 'lifetime' | null>(null);
  const actions = actionsOf(sandbox.status);
  const buttons = inHeader ? actions.slice(0, 2) : [];
  // Only its machine can end it; what no machine answers for would refuse everything here.
  if (!sandbox.held) return null;
  const close = (open: boolean) => !open && setAsking(null);
  const trigger = (
    <Button
      variant={inHeader ? 'secondary' : 'ghost'}
      size={inHeader ? 'icon' : 'icon-sm'}
      aria-label={`More for the sandbox ${sandbox.id}`}
      aria-busy={pending !== null}
    >
      <Ellipsis aria-hidden="true" />
    </Button>
  );
  return (
    <>
      {buttons.map((action) => (
        <Button key={action} pending={pending === action} onClick={() => void act(action)}>
          {WORDS[action].icon} {WORDS[action].word}
        </Button>
      ))}
      <Menu trigger={trigger}>
        {actions.slice(buttons.length).map((action) => (
          <MenuItem key={action} onSelect={() => void act(action)}>
            {WORDS[action].icon} {WORDS[action].word}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => setAsking('lifetime')}>
          <Clock aria-hidden="true" /> How long it lives…
        </MenuItem>
        <MenuSeparator />
        <MenuItem tone="danger" onSelect={() => setAsking('end')}>
          <CircleStop aria-hidden="true" /> End…
        </MenuItem>
      </Menu>
      <EndSandbox
        orgId={orgId}
        id={sandbox.id}
        leadsTo={inHeader ? listPath : null}
        open={asking === 'end'}
        onOpenChange={close}
      />
      <LifetimeDialog orgId={orgId} sandbox={sandbox} open={asking === 'lifetime'} onOpenChange={close} />
    </>
  );
}

interface EndSandboxProps {
  orgId: string;
  id: string;
  leadsTo: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function EndSandbox({ orgId, id, leadsTo, open, onOpenChange }: EndSandboxProps) {
  const router = useRouter();

  async function end() {
    await sandboxApi(orgId, { method: 'DELETE', path: sandboxPath(id) });
    toast.success('The sandbox has ended');
    if (leadsTo) router.push(leadsTo);
    else router.refresh();
  }

  return (
    <ConfirmDialog
      title="End this sandbox?"
      description="Its programs stop and its files are deleted. Snapshots and volumes stay. This cannot be undone."
      confirmLabel="End sandbox"
      open={open}
      onOpenChange={onOpenChange}
      onConfirm={end}
    >
      <code className="wrap-anywhere rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs">{id}</code>
    </ConfirmDialog>
  );
}
