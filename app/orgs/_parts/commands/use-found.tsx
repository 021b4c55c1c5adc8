'use client';

import { Box, UserRound } from 'lucide-react';
import { asApiError } from '@/lib/api-client/api-error';
import { apiRequest, readAnswer } from '@/lib/api-client/api-fetch';
import { sandboxRequest } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/palette';
import { roleName } from '@/messages/roles';
import type { Command } from './command';
import { useListOnce } from './use-list-once';

/** The org one is in, and which of its lists its person may see. */
export interface Searched {
  orgId: string;
  base: string;
  members: boolean;
  sandboxes: boolean;
}

interface Found {
  commands: Command[];
  pending: boolean;
  /** Sentences. */
  problems: string[];
}

const JSON_ONLY = { accept: 'application/json' };

/** Members and sandboxes, which the page around does not know and the API does. */
export function useFound(query: string, within: Searched | null): Found {
  const members = useListOnce(query, within?.members ? (signal) => listMembers(within, signal) : null);
  const sandboxes = useListOnce(query, within?.sandboxes ? (signal) => listSandboxes(within, signal) : null);
  return {
    commands: [...members.items, ...sandboxes.items],
    pending: members.pending || sandboxes.pending,
    problems: [
      members.error && words.membersFailed(members.error.message),
      sandboxes.error && words.sandboxesFailed(sandboxes.error.message),
    ].filter((problem) => problem !== null),
  };
}

async function listMembers({ orgId, base }: Searched, signal: AbortSignal): Promise<Command[]> {
  const answer = await apiRequest(`/v1/orgs/${orgId}/members`, { headers: JSON_ONLY, signal });
  const members = await readAnswer<{ user_id: string; email: string; role: string }[]>(answer);
  return members.map(({ user_id, email, role }) => ({
    id: `member ${user_id}`,
    group: 'members',
    label: email || user_id,
    words: user_id,
    detail: roleName(role),
    icon: <UserRound aria-hidden="true" />,
    effect: { kind: 'open', href: `${base}/members#member-${user_id}` },
  }));
}

type Sandbox = { id: string; template?: string; status?: string };

async function readSandboxes(orgId: string, signal: AbortSignal): Promise<Sandbox[] | null> {
  try {
    return await readAnswer<Sandbox[] | null>(await sandboxRequest(orgId, '/v1/sandboxes', { headers: JSON_ONLY, signal }));
  } catch (thrown) {
    // Where no machine is, no sandbox is: nothing went wrong.
    if (asApiError(thrown).code === 'capacity_unavailable') return [];
    throw thrown;
  }
}

async function listSandboxes({ orgId, base }: Searched, signal: AbortSignal): Promise<Command[]> {
  const sandboxes = await readSandboxes(orgId, signal);
  return (sandboxes ?? []).map(({ id, template, status }) => ({
    id: `sandbox ${id}`,
    group: 'sandboxes',
    label: id,
    words: template ?? '',
    detail: [template, status].filter(Boolean).join(', '),
    icon: <Box aria-hidden="true" />,
    effect: { kind: 'open', href: `${base}/sandboxes/${encodeURIComponent(id)}` },
  }));
}
