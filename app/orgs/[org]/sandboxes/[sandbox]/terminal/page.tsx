import type { Metadata } from 'next';
import * as words from '@/messages/sandbox-terminal';
import { NotRunning } from '../_parts/not-running';
import { openLiveSandbox } from '../_parts/open-sandbox';
import { Terminal } from './terminal';

export const metadata: Metadata = { title: words.title };

interface TerminalPageProps {
  params: Promise<{ org: string; sandbox: string }>;
}

export default async function TerminalPage({ params }: TerminalPageProps) {
  const { access, id, sandbox, answers } = await openLiveSandbox(params);
  if (!answers) return <NotRunning status={sandbox.status} held={sandbox.held} />;
  return <Terminal orgId={access.orgId} sandboxId={id} />;
}
