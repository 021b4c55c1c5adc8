import Link from 'next/link';
import { Card } from '@/app/_ui/card';
import { Initial } from '@/app/_ui/initial';
import { TextLink } from '@/app/_ui/text-link';
import type { OrgView } from '@/lib/orgs/present-org';
import * as words from '@/messages/account';
import { roleName } from '@/messages/roles';
import { orgPath } from '../orgs/_parts/org-path';
import { LeaveOrg } from '../orgs/[org]/members/leave-org';

/** Every organization of the person. An owner leaves from the members page, which knows whether another owner is left. */
export function MyOrgs({ orgs, userId }: { orgs: readonly OrgView[]; userId: string }) {
  if (orgs.length === 0) {
    return (
      <Card title={words.organizations}>
        <p className="text-muted text-sm">
          {words.noOrganization((text) => (
            <TextLink href="/">{text}</TextLink>
          ))}
        </p>
      </Card>
    );
  }
  return (
    <Card title={words.organizations} flush>
      <ul className="divide-y">
        {orgs.map((org) => (
          <li key={org.id} className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm">
            <Link href={orgPath(org)} className="flex min-w-0 flex-1 items-center gap-2 rounded-sm font-medium hover:underline">
              <Initial of={org.name} />
              <span className="truncate">{org.name}</span>
            </Link>
            <span className="text-muted">{roleName(org.role)}</span>
            <span className="flex w-20 justify-end max-sm:w-auto">
              {org.role === 'owner' ? (
                <TextLink href={`${orgPath(org)}/members`} aria-label={words.membersOf(org.name)} className="px-2.5 max-sm:px-1">
                  {words.members}
                </TextLink>
              ) : (
                <LeaveOrg orgId={org.id} orgName={org.name} userId={userId} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
