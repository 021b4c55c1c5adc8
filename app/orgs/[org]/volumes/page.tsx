import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { listLiveAgents } from '@/lib/gateway/list-agents';
import { orgPage } from '@/lib/page/org-page';
import { NoMachine } from '../_parts/no-machine';
import { Volumes } from './volumes';

export const metadata: Metadata = { title: 'Volumes' };

const WORDS = { title: 'Volumes', description: 'Disks that outlive sandboxes; attached by name when one is made.' };

export default async function VolumesPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'sandboxes:use', '/volumes');
  if ((await listLiveAgents()).length > 0) return <Volumes orgId={access.orgId} {...WORDS} />;
  return (
    <>
      <PageHeader {...WORDS} />
      <NoMachine access={access} />
    </>
  );
}
