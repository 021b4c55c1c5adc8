'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import type { Command } from './command';

interface Found {
  found: Command[];
  /** What could not be looked through, in words. */
  problem: string | null;
}

interface MemberAnswer {
  user_id: string;
  email: string;
  role: string;
}

interface SandboxAnswer {
  id: string;
  template?: string;
  status?: string;
}

/** Members and sandboxes of an org, asked for once somebody looks for something; the palette narrows them itself. */
export function useFound(org: { id: string; base: string } | null, wanted: boolean): Found {
  const router = useRouter();
  const [state, setState] = useState<Found>({ found: [], problem: null });
  const orgId = wanted ? org?.id : undefined;
  const base = org?.base ?? '';

  useEffect(() => {
    if (orgId === undefined) return;
    let gone = false;
    const members = apiFetch<MemberAnswer[]>('GET', `/v1/orgs/${orgId}/members`).then((list) =>
      list.map(({ user_id, email, role }): Command => {
        const run = () => router.push(`${base}/members#${user_id}`);
        return { id: `member ${user_id}`, group: 'Members', label: email || user_id, detail: role, run };
      }),
    );
    const sandboxes = sandboxApi<SandboxAnswer[]>(orgId, { method: 'GET', path: '/v1/sandboxes' }).then((list) =>
      list.map(({ id, template, status }): Command => {
        const run = () => router.push(`${base}/sandboxes/${id}`);
        return { id: `sandbox ${id}`, group: 'Sandboxes', label: [template, id].filter(Boolean).join(' '), detail: status, run };
      }),
    );
    void Promise.allSettled([members, sandboxes]).then(([people, machines]) => {
      if (gone) return;
      const missing = [people.status === 'rejected' && 'members', machines.status === 'rejected' && 'sandboxes'].filter(Boolean);
      setState({
        found: [people, machines].flatMap((settled) => (settled.status === 'fulfilled' ? settled.value : [])),
        problem: missing.length > 0 ? `Not looked through at the moment: ${missing.join(', ')}` : null,
      });
    });
    return () => {
      gone = true;
    };
  }, [orgId, base, router]);

  return state;
}
