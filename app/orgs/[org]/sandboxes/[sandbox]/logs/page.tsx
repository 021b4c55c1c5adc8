import type { Metadata } from 'next';
import * as words from '@/messages/sandbox-logs';
import { NotRunning } from '../_parts/not-running';
import { openLiveSandbox } from '../_parts/open-sandbox';
import { Logs } from './logs';

export const metadata: Metadata = { title: words.title };

interface LogsPageProps {
  params: Promise<{ org: string; sandbox: string }>;
}

export default async function LogsPage({ params }: LogsPageProps) {
  const { access, id, sandbox, answers } = await openLiveSandbox(params);
  if (!answers) return <NotRunning status={sandbox.status} held={sandbox.held} />;
  return <Logs orgId={access.orgId} sandboxId={id} />;
}
