'use client';

import { Camera, CircleStop, Clock, Ellipsis, GitFork, Moon, Pause, Play, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Menu, MenuItem, MenuSeparator } from '@/app/_ui/menu';
import { toast } from '@/app/_ui/toast';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-parts';
import { actionsOf } from './actions-of';
import { LifetimeDialog } from './lifetime-dialog';
import { type SandboxAction, useSandboxAction } from './use-sandbox-action';

const ICONS: Record<SandboxAction, ReactNode> = {
  pause: <Pause aria-hidden="true" />,
  resume: <Play aria-hidden="true" />,
  hibernate: <Moon aria-hidden="true" />,
  wake: <Sun aria-hidden="true" />,
  snapshot: <Camera aria-hidden="true" />,
  fork: <GitFork aria-hidden="true" />,
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
      aria-label={words.more(sandbox.id)}
      aria-busy={pending !== null}
    >
      <Ellipsis aria-hidden="true" />
    </Button>
  );
  return (
    <>
      {buttons.map((action) => (
        <Button key={action} pending={pending === action} onClick={() => void act(action)}>
          {ICONS[action]} {words.actions[action]}
        </Button>
      ))}
      <Menu trigger={trigger}>
        {actions.slice(buttons.length).map((action) => (
          <MenuItem key={action} onSelect={() => void act(action)}>
            {ICONS[action]} {words.actions[action]}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => setAsking('lifetime')}>
          <Clock aria-hidden="true" /> {words.changeLifetime}
        </MenuItem>
        <MenuSeparator />
        <MenuItem tone="danger" onSelect={() => setAsking('end')}>
          <CircleStop aria-hidden="true" /> {words.askEnd}
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
    toast.success(words.ended);
    if (leadsTo) router.push(leadsTo);
    else router.refresh();
  }

  return (
    <ConfirmDialog
      title={words.endTitle}
      description={words.endHint}
      confirmLabel={words.end}
      open={open}
      onOpenChange={onOpenChange}
      onConfirm={end}
    >
      <code className="wrap-anywhere rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs">{id}</code>
    </ConfirmDialog>
  );
}
