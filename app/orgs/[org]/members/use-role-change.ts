'use client';

import { useRouter } from 'next/navigation';
import { useOptimistic, useTransition } from 'react';
import { toast } from '@/app/_ui/toast';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
import { roleName } from '@/messages/roles';

/** Long enough to read it and reach for it. */
const UNDO_MS = 8_000;

interface Person {
  orgId: string;
  userId: string;
  name: string;
  role: string;
}

/** A role as it will be in a moment, and two ways to change it: `change` throws, `changeAtOnce` tells and offers to undo. */
export function useRoleChange({ orgId, userId, name, role }: Person) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [shown, show] = useOptimistic(role);

  async function change(next: string): Promise<void> {
    await apiFetch('PATCH', `/v1/orgs/${orgId}/members/${encodeURIComponent(userId)}`, { role: next });
    startTransition(() => router.refresh());
  }

  function changeAtOnce(next: string, previous?: string): void {
    startTransition(async () => {
      show(next);
      try {
        await change(next);
        const undo = previous === undefined ? undefined : { label: words.undo, onClick: () => changeAtOnce(previous) };
        const description = next === 'member' ? words.invitationsEnded : undefined;
        toast.success(words.roleChanged(name, roleName(next)), { duration: UNDO_MS, action: undo, description });
      } catch (thrown) {
        toastRefusal(thrown);
      }
    });
  }

  return { shown, pending, change, changeAtOnce };
}
