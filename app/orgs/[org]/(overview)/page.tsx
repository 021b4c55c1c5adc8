import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Badge } from '@/app/_ui/badge';
import { Card } from '@/app/_ui/card';
import { CopyField } from '@/app/_ui/copy-field';
import { PageHeader } from '@/app/_ui/page-header';
import { authorizeOrg, can, type OrgAccess } from '@/lib/access/org-access';
import { orgPage } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { curlExample } from '../_parts/api-examples';
import { Counts } from './counts';
import { FirstSteps } from './first-steps';
import { readOverview } from './read-overview';
import { RecentActivity, RecentActivitySkeleton } from './recent-activity';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'org:read');
  const base = `/orgs/${(await params).org}`;
  const overview = await readOverview(access);
  const mayInvite = can(access, 'invites:create');
  const { apiUrl, dashboardUrl } = publicConfig();
  return (
    <>
      <PageHeader title={access.org.name} description={<Standing role={access.role} />} />
      <div className="flex flex-col gap-5">
        <Counts base={base} overview={overview} ownTokens={!can(access, 'tokens:manage-all')} />
        <FirstSteps base={base} overview={overview} mayInvite={mayInvite} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          {can(access, 'audit:read') && (
            <Suspense fallback={<RecentActivitySkeleton />}>
              <Activity access={access} base={base} />
            </Suspense>
          )}
          <div className="flex flex-col gap-5">
            <Card
              id="call-the-api"
              className="scroll-mt-16"
              title="Call the API"
              description="With an API token of this organization:"
            >
              <CopyField value={curlExample(apiUrl || dashboardUrl)} label="Copy the curl line" />
            </Card>
            <Card title="Identifiers" description="Either names this organization in an API call.">
              <div className="flex flex-col gap-2">
                <CopyField value={access.org.slug} label="Copy the slug" />
                <CopyField value={access.orgId} label="Copy the organization id" />
              </div>
            </Card>
          </div>
        </div>
      </div>
    </>
  );
}

async function Activity({ access, base }: { access: OrgAccess<'org:read'>; base: string }) {
  return <RecentActivity access={await authorizeOrg(access.actor, access.orgId, 'audit:read')} base={base} />;
}

function Standing({ role }: { role: string }) {
  return (
    <>
      Your role is <Badge>{role}</Badge>
    </>
  );
}
