import type { Metadata } from 'next';
import { Card } from '@/app/_ui/card';
import { CopyField } from '@/app/_ui/copy-field';
import { PageHeader } from '@/app/_ui/page-header';
import { RelativeTime } from '@/app/_ui/relative-time';
import { can, widenAccess } from '@/lib/access/org-access';
import { listMembers } from '@/lib/members/list-members';
import { orgPage } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/settings';
import { DangerZone } from './danger-zone';
import { InvitePolicy } from './invite-policy';
import { RenameOrg } from './rename-org';
import { SecondFactor } from './second-factor';

export const metadata: Metadata = { title: words.title };

export default async function SettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const access = await orgPage(params, 'org:update', '/settings');
  const { org } = access;
  const maySecure = can(access, 'org:secure');
  const mayEnd = can(access, 'org:delete');
  const members = mayEnd ? await listMembers(widenAccess(access, 'members:read')) : [];
  const heirs = members.filter(({ userId }) => userId !== access.actor.userId);
  return (
    <>
      <PageHeader title={words.title} description={words.founded(<RelativeTime date={org.createdAt} />)} />
      <div className="flex max-w-2xl flex-col gap-5">
        <RenameOrg orgId={org.id} name={org.name} />
        <InvitePolicy orgId={org.id} defaultRole={org.defaultInviteRole} domains={org.allowedEmailDomains} mayLimit={maySecure} />
        {maySecure && publicConfig().authMode !== 'stub' && <SecondFactor orgId={org.id} required={org.mfaRequired} />}
        <Card title={words.identifiers} description={words.identifiersHint}>
          <dl className="grid items-center gap-x-4 gap-y-2 sm:grid-cols-[4rem_minmax(0,1fr)]">
            <dt className="text-muted text-sm">{words.slug}</dt>
            <dd>
              <CopyField value={org.slug} label={words.copySlug} />
            </dd>
            <dt className="text-muted text-sm">{words.id}</dt>
            <dd>
              <CopyField value={org.id} label={words.copyId} />
            </dd>
          </dl>
        </Card>
        {mayEnd && (
          <DangerZone
            org={{ id: org.id, slug: org.slug, name: org.name }}
            heirs={heirs.map(({ userId, email }) => ({ userId, name: email || userId }))}
          />
        )}
      </div>
    </>
  );
}
