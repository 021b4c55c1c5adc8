import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { listLiveAgents } from '@/lib/gateway/list-agents';
import { orgPage } from '@/lib/page/org-page';
import * as words from '@/messages/volumes';
import { NoMachine } from '../_parts/no-machine';
import { Volumes } from './volumes';

export const metadata: Metadata = { title: words.title };

export default async function VolumesPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'sandboxes:use', '/volumes');
  if ((await listLiveAgents()).length > 0) return <Volumes orgId={access.orgId} />;
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <NoMachine access={access} />
    </>
  );
}
