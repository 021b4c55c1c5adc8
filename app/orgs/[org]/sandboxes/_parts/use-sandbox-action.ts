'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from '@/app/_ui/toast';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-parts';

const ACTIONS = {
  pause: { rest: '/pause', body: undefined },
  resume: { rest: '/resume', body: undefined },
  hibernate: { rest: '/hibernate', body: undefined },
  wake: { rest: '/wake', body: undefined },
  snapshot: { rest: '/snapshots', body: {} },
  fork: { rest: '/fork', body: { count: 1 } },
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
    const { rest, body } = ACTIONS[action];
    try {
      const answer = await sandboxApi<unknown>(orgId, { method: 'POST', path: sandboxPath(sandboxId, rest), body });
      const led = leadsTo(action, answer, listPath);
      toast.success(words.done[action], led && { action: { label: led.label, onClick: () => router.push(led.href) } });
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
  if (action === 'snapshot') return { label: words.showSnapshots, href: listPath.replace(/sandboxes$/, 'snapshots') };
  if (action !== 'fork') return undefined;
  const [child] = (answer as { children?: (string | { id: string })[] } | undefined)?.children ?? [];
  const id = typeof child === 'string' ? child : child?.id;
  return id === undefined ? undefined : { label: words.openFork, href: `${listPath}/${encodeURIComponent(id)}` };
}
