import type { ReactNode } from 'react';
import { RelativeTime } from '@/app/_ui/relative-time';
import type { InvitePreview } from '@/lib/invites/preview-invite';
import * as words from '@/messages/invite';
import { roleName } from '@/messages/roles';

export function InviteDetails({ invite }: { invite: InvitePreview }) {
  return (
    <dl className="divide-y rounded-lg border bg-surface text-sm">
      <Row term={words.organization}>{invite.orgName}</Row>
      <Row term={words.role}>{roleName(invite.role)}</Row>
      <Row term={words.address}>{invite.email}</Row>
      <Row term={words.expires}>
        <RelativeTime date={invite.expiresAt} />
      </Row>
    </dl>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 px-3.5 py-2">
      <dt className="shrink-0 text-muted">{term}</dt>
      <dd className="wrap-anywhere min-w-0 text-right font-medium">{children}</dd>
    </div>
  );
}
