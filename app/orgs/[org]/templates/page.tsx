import type { Metadata } from 'next';
import { Card } from '@/app/_ui/card';
import { CopyField } from '@/app/_ui/copy-field';
import { PageHeader } from '@/app/_ui/page-header';
import { listLiveAgents } from '@/lib/gateway/list-agents';
import { orgPage } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { buildExample, TEMPLATE_EXAMPLE } from '../_parts/api-examples';
import { NoMachine } from '../_parts/no-machine';
import { Builds } from './builds';
import { Templates } from './templates';

export const metadata: Metadata = { title: 'Templates' };

export default async function TemplatesPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'sandboxes:use', '/templates');
  const { apiUrl, dashboardUrl } = publicConfig();
  const hasMachine = (await listLiveAgents()).length > 0;
  const own = { orgId: access.orgId, tenant: access.org.tenantKey };
  return (
    <>
      <PageHeader title="Templates" description="What sandboxes start from: yours, and those everybody on this server has." />
      {!hasMachine && <NoMachine access={access} />}
      <div className="flex flex-col gap-5">
        {hasMachine && <Templates {...own} path={`/orgs/${(await params).org}/sandboxes`} />}
        {hasMachine && <Builds {...own} />}
        <Card title="Build one" description="From a Dockerfile with the SDK, or from the archive of a file system.">
          <div className="flex flex-col gap-2">
            <CopyField value={TEMPLATE_EXAMPLE} label="Copy the JavaScript lines" />
            <CopyField value={buildExample(apiUrl || dashboardUrl)} label="Copy the curl line" />
          </div>
        </Card>
      </div>
    </>
  );
}
