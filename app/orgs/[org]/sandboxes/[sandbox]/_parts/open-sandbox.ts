import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { OrgAccess } from '@/lib/access/org-access';
import { orgPage } from '@/lib/page/org-page';
import { findSandbox } from '@/lib/sandboxes/find-sandbox';
import { hasEnded } from '@/lib/sandboxes/has-ended';
import type { SandboxView } from '@/lib/sandboxes/sandbox-view';

export interface OpenedSandbox {
  access: OrgAccess<'sandboxes:use'>;
  id: string;
  /** Of the list of sandboxes. */
  listPath: string;
  /** Null for one that has ended: its events and readings are left. */
  sandbox: SandboxView | null;
}

// A page and its layout ask for the same sandbox: one query serves both.
const found = cache(async (org: string, id: string): Promise<Omit<OpenedSandbox, 'listPath'>> => {
  const access = await orgPage(Promise.resolve({ org }), 'sandboxes:use', `/sandboxes/${id}`);
  const sandbox = await findSandbox(access, id);
  if (!sandbox && !(await hasEnded(access, id))) notFound();
  return { access, id, sandbox: sandbox ?? null };
});

/** The door of every page about a sandbox. "Not found" for an unknown one and for another org's alike. */
export async function openSandbox(params: Promise<{ org: string; sandbox: string }>): Promise<OpenedSandbox> {
  const { org, sandbox } = await params;
  return { ...(await found(org, decodeURIComponent(sandbox))), listPath: `/orgs/${org}/sandboxes` };
}

/** For the pages that ask the sandbox itself; one that has ended leads to what is left of it. */
export async function openLiveSandbox(params: Promise<{ org: string; sandbox: string }>) {
  const { sandbox, ...opened } = await openSandbox(params);
  if (!sandbox) redirect(`${opened.listPath}/${encodeURIComponent(opened.id)}`);
  return { ...opened, sandbox, answers: sandbox.held && sandbox.status === 'running' };
}
