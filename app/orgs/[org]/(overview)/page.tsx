import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Badge } from '@/app/_ui/badge';
import { Card } from '@/app/_ui/card';
import { CopyField } from '@/app/_ui/copy-field';
import { PageHeader } from '@/app/_ui/page-header';
import { can, type OrgAccess, widenAccess } from '@/lib/access/org-access';
import type { OrgSummary } from '@/lib/auth/org-summary';
import { orgPage } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/overview';
import { roleName } from '@/messages/roles';
import { curlExample } from '../_parts/api-examples';
import { Counts } from './counts';
import { FirstSteps } from './first-steps';
import { readOverview } from './read-overview';
import { RecentActivity, RecentActivitySkeleton } from './recent-activity';

export const metadata: Metadata = { title: words.title };

export default async function OverviewPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'org:read');
  const base = `/orgs/${(await params).org}`;
  const overview = await readOverview(access);
  return (
    <>
      <PageHeader title={access.org.name} description={words.yourRole(<Badge>{roleName(access.role)}</Badge>)} />
      <div className="flex flex-col gap-5">
        <Counts base={base} overview={overview} ownTokens={!can(access, 'tokens:manage-all')} />
        <FirstSteps base={base} overview={overview} mayInvite={can(access, 'invites:create')} />
        {can(access, 'audit:read') ? (
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            {/* Last where all stand below each other: what streams in must move nothing. */}
            <div className="min-w-0 max-lg:order-last">
              <Suspense fallback={<RecentActivitySkeleton />}>
                <Activity access={access} base={base} />
              </Suspense>
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              <ApiCards org={access.org} />
            </div>
          </div>
        ) : (
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <ApiCards org={access.org} />
          </div>
        )}
      </div>
    </>
  );
}

async function Activity({ access, base }: { access: OrgAccess<'org:read'>; base: string }) {
  return <RecentActivity access={widenAccess(access, 'audit:read')} base={base} />;
}

function ApiCards({ org }: { org: OrgSummary }) {
  const { apiUrl, dashboardUrl } = publicConfig();
  return (
    <>
      <Card id="call-the-api" className="scroll-mt-16" title={words.call} description={words.callHint}>
        <CopyField value={curlExample(apiUrl || dashboardUrl)} label={words.copyCall} />
      </Card>
      <Card title={words.identifiers} description={words.identifiersHint}>
        <div className="flex flex-col gap-2">
          <CopyField value={org.slug} label={words.copySlug} />
          <CopyField value={org.id} label={words.copyId} />
        </div>
      </Card>
    </>
  );
}
