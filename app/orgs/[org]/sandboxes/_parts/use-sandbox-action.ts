'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from '@/app/_ui/toast';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';

const ACTIONS = {
  pause: { rest: '/pause', body: undefined, done: 'Paused' },
  resume: { rest: '/resume', body: undefined, done: 'Resumed' },
  hibernate: { rest: '/hibernate', body: undefined, done: 'Hibernated: it takes no machine until it wakes' },
  wake: { rest: '/wake', body: undefined, done: 'Awake again' },
  snapshot: { rest: '/snapshots', body: {}, done: 'Snapshot taken' },
  fork: { rest: '/fork', body: { count: 1 }, done: 'Forked' },
} as const;
export type SandboxAction = keyof typeof ACTIONS;

interface Acting {
  orgId: string;
  sandboxId: string;
  /** Of the list of sandboxes, below which a fork has its page. */
  listPath: string;
}

/** What one presses a button for and sees at once; a refusal is told where everything else is told. */
export function useSandboxAction({ orgId, sandboxId, listPath }: Acting) {
  const router = useRouter();
  const [pending, setPending] = useState<SandboxAction | null>(null);

  async function act(action: SandboxAction): Promise<void> {
    if (pending) return;
    setPending(action);
    const { rest, body, done } = ACTIONS[action];
    try {
      const answer = await sandboxApi<unknown>(orgId, { method: 'POST', path: sandboxPath(sandboxId, rest), body });
      const led = leadsTo(action, answer, listPath);
      toast.success(done, led && { action: { label: led.label, onClick: () => router.push(led.href) } });
      router.refresh();
    } catch (thrown) {
      toastRefusal(thrown);
    } finally {
      setPending(null);
    }
  }

  return { pending, act };
}

function leadsTo(action: SandboxAction, answer: unknown, listPath: string): { label: string; href: string } | undefined {
  if (action === 'snapshot') return { label: 'Show', href: listPath.replace(/sandboxes$/, 'snapshots') };
  if (action !== 'fork') return undefined;
  const [child] = (answer as { children?: (string | { id: string })[] } | undefined)?.children ?? [];
  const id = typeof child === 'string' ? child : child?.id;
  return id === undefined ? undefined : { label: 'Open the fork', href: `${listPath}/${encodeURIComponent(id)}` };
}
