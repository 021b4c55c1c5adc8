import type { ComponentProps } from 'react';
import { Badge } from '@/app/_ui/badge';
import { EmptyState } from '@/app/_ui/empty-state';
import { RelativeTime } from '@/app/_ui/relative-time';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { InviteState } from '@/lib/invites/invite-state';
import type { InviteView } from '@/lib/invites/present-invite';
import * as words from '@/messages/members';
import { roleName } from '@/messages/roles';
import { LeavingRows } from '../_parts/leaving-rows';
import { StateFilter } from './invite-state-filter';
import { ResendInvite } from './resend-invite';
import { RevokeInvite } from './revoke-invite';

const TONES: Record<InviteState, ComponentProps<typeof Badge>['tone']> = {
  open: 'info',
  expired: 'warn',
  accepted: 'accent',
  declined: 'neutral',
  revoked: 'neutral',
};
/** What still wants an answer comes first. */
const ORDER: InviteState[] = ['open', 'expired', 'accepted', 'declined', 'revoked'];

interface InvitesTableProps {
  orgId: string;
  invites: InviteView[];
  mayResend: boolean;
  mayRevoke: boolean;
}

interface FilteredProps extends InvitesTableProps {
  /** What the address asked for: a state, or anything else for all of them. */
  shown: string | undefined;
}

export function InvitesTable({ invites, shown, ...rest }: FilteredProps) {
  const counts = new Map(ORDER.map((state) => [state, invites.filter((invite) => invite.state === state).length]));
  const filter = ORDER.find((state) => state === shown && counts.get(state));
  const rows = invites.filter(({ state }) => !filter || state === filter).sort((one, other) => rank(one) - rank(other));
  return (
    <div className="mt-10">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1.5">
        <h2 id="invites" className="scroll-mt-16 font-semibold text-lg">
          {words.invites}
        </h2>
        <StateFilter counts={counts} chosen={filter} total={invites.length} />
      </div>
      {rows.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState title={words.noInvites} text={words.noInvitesHint} />
        </div>
      ) : (
        <Table label={words.invites}>
          <Head />
          <tbody>
            {rows.map((invite) => (
              <LeavingRows key={invite.id} instead={<InviteRow invite={{ ...invite, state: 'revoked' }} {...rest} />}>
                <InviteRow invite={invite} {...rest} />
              </LeavingRows>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}

// Answered ones are all alike: newest first, as they came.
function rank({ state }: InviteView): number {
  return Math.min(ORDER.indexOf(state), 2);
}

function Head() {
  return (
    <Thead>
      <tr>
        <Th>{words.address}</Th>
        <Th className="max-sm:hidden">{words.role}</Th>
        <Th className="w-52 max-sm:hidden">{words.state}</Th>
        <Th className="w-36 max-sm:hidden">{words.sent}</Th>
        <ActionsTh />
      </tr>
    </Thead>
  );
}

function InviteRow({ invite, orgId, mayResend, mayRevoke }: { invite: InviteView } & Omit<InvitesTableProps, 'invites'>) {
  const { id, email, role, state, createdAt, expiresAt, invitedByEmail } = invite;
  const unanswered = state === 'open' || state === 'expired';
  return (
    <Tr>
      <Td className="w-full max-w-0 sm:w-2/5">
        <span className="block font-medium max-sm:wrap-anywhere sm:truncate" title={email}>
          {email}
        </span>
        <span className="block truncate text-muted text-xs">
          {words.invitedBy(
            (text) => (
              <span className="sm:hidden">{text}</span>
            ),
            roleName(role),
            invitedByEmail ?? words.formerMember,
          )}
        </span>
        <span className="mt-1 block sm:hidden">
          <StateBadge state={state} expiresAt={expiresAt} />
        </span>
      </Td>
      <Td className="text-muted max-sm:hidden">{roleName(role)}</Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        <StateBadge state={state} expiresAt={expiresAt} />
      </Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">
        <RelativeTime date={createdAt} />
      </Td>
      <Td className="w-px whitespace-nowrap text-right">
        {unanswered && mayResend && <ResendInvite orgId={orgId} inviteId={id} email={email} />}
        {unanswered && mayRevoke && <RevokeInvite orgId={orgId} inviteId={id} email={email} />}
      </Td>
    </Tr>
  );
}

function StateBadge({ state, expiresAt }: Pick<InviteView, 'state' | 'expiresAt'>) {
  return (
    <>
      <Badge tone={TONES[state]}>{words.inviteStates[state]}</Badge>
      {state === 'open' && <span className="ml-2 text-muted">{words.ends(<RelativeTime date={expiresAt} />)}</span>}
    </>
  );
}
