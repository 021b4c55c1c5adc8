import type { Metadata } from 'next';
import { Card } from '@/app/_ui/card';
import { CopyField } from '@/app/_ui/copy-field';
import { PageHeader } from '@/app/_ui/page-header';
import { listLiveAgents } from '@/lib/gateway/list-agents';
import { orgPage } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/templates';
import { buildExample, TEMPLATE_EXAMPLE } from '../_parts/api-examples';
import { NoMachine } from '../_parts/no-machine';
import { Builds } from './builds';
import { Templates } from './templates';

export const metadata: Metadata = { title: words.title };

export default async function TemplatesPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'sandboxes:use', '/templates');
  const { apiUrl, dashboardUrl } = publicConfig();
  const hasMachine = (await listLiveAgents()).length > 0;
  const own = { orgId: access.orgId, tenant: access.org.tenantKey };
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      {!hasMachine && <NoMachine access={access} />}
      <div className="flex flex-col gap-5">
        {hasMachine && <Templates {...own} path={`/orgs/${(await params).org}/sandboxes`} />}
        {hasMachine && <Builds {...own} />}
        <Card title={words.buildTitle} description={words.buildHint}>
          <div className="flex flex-col gap-2">
            <CopyField value={TEMPLATE_EXAMPLE} label={words.copyJavaScript} />
            <CopyField value={buildExample(apiUrl || dashboardUrl)} label={words.copyCurl} />
          </div>
        </Card>
      </div>
    </>
  );
}
