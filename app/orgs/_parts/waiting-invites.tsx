import { Note } from '@/app/_ui/note';
import { RelativeTime } from '@/app/_ui/relative-time';
import type { UserActor } from '@/lib/auth/actor';
import { confirmUser } from '@/lib/auth/confirm-user';
import { asDomainError, type DomainError } from '@/lib/errors';
import { listMyInvites, type MyInvite } from '@/lib/invites/list-my-invites';
import * as words from '@/messages/orgs';
import { roleName } from '@/messages/roles';

/** Invites addressed to the person. The link in the mail stays the key, so there is nothing to press here. */
export async function WaitingInvites({ user }: { user: UserActor }) {
  const answer = await readInvites(user);
  if ('refusal' in answer) {
    return (
      <Note tone="warn" title={answer.refusal.message}>
        {words.invitesUnknown(answer.refusal.hint)}
      </Note>
    );
  }
  if (answer.invites.length === 0) {
    return <p className="text-muted text-sm">{words.noInvite(user.email || words.yourAccount)}</p>;
  }
  return (
    <>
      <ul className="divide-y rounded-lg border bg-surface">
        {answer.invites.map((invite) => (
          <InviteLine key={invite.id} {...invite} />
        ))}
      </ul>
      <p className="text-muted text-sm">{words.howToJoin}</p>
    </>
  );
}

function InviteLine({ orgName, role, inviterEmail, expiresAt }: MyInvite) {
  return (
    <li className="px-3 py-2.5">
      <p className="wrap-anywhere font-medium">{orgName}</p>
      <p className="wrap-anywhere text-muted text-sm">
        {words.inviteTerms(roleName(role), inviterEmail, <RelativeTime date={expiresAt} />)}
      </p>
    </li>
  );
}

// An auth server that is away must not take the rest of this page with it; a database that is away does.
async function readInvites(user: UserActor): Promise<{ invites: MyInvite[] } | { refusal: DomainError }> {
  try {
    return { invites: (await listMyInvites(await confirmUser(user))).items };
  } catch (thrown) {
    const refusal = asDomainError(thrown);
    if (refusal.code === 'internal_error' || refusal.code === 'dependency_unavailable') throw thrown;
    return { refusal };
  }
}
