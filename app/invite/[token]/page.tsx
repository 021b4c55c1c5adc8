import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ButtonLink } from '@/app/_ui/button-link';
import { FocusPage } from '@/app/_ui/focus-page';
import type { UserActor } from '@/lib/auth/actor';
import { originOf } from '@/lib/auth/request-origin';
import { asDomainError } from '@/lib/errors';
import { limitGuesses } from '@/lib/invites/limit-guesses';
import { maskEmail } from '@/lib/invites/mask-email';
import { type InvitePreview, previewInvite } from '@/lib/invites/preview-invite';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { optionalUser } from '@/lib/page/org-page';
import * as words from '@/messages/invite';
import { roleName } from '@/messages/roles';
import { AnswerInvite } from './answer-invite';
import { InviteDetails } from './invite-details';
import { SignInForInvite } from './sign-in-for-invite';
import { SwitchAccount } from './switch-account';

// The secret is in the address: it must reach no title, no referrer and no index.
export const metadata: Metadata = {
  title: words.pageTitle,
  referrer: 'no-referrer',
  robots: { index: false, follow: false, nocache: true },
};

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const secret = (await params).token;
  const invite = await findPreview(secret);
  if (!invite) return <ClosedInvite {...words.unknown} />;

  const user = await optionalUser();
  if (user && (await isMember(user, invite))) return <AlreadyMember invite={invite} />;
  if (invite.state !== 'open') return <ClosedInvite {...words.closed[invite.state](invite)} />;

  return (
    <FocusPage title={words.join(invite.orgName)} description={<Introduction invite={invite} />}>
      <InviteDetails invite={invite} />
      <div className="mt-5">
        <NextStep secret={secret} invite={invite} user={user} />
      </div>
    </FocusPage>
  );
}

async function findPreview(secret: string): Promise<InvitePreview | null> {
  try {
    const origin = originOf(await headers());
    return await limitGuesses(origin, () => previewInvite(secret));
  } catch (error) {
    if (['invite_not_found', 'rate_limited'].includes(asDomainError(error).code)) return null;
    throw error;
  }
}

async function isMember(user: UserActor, { orgSlug }: InvitePreview): Promise<boolean> {
  const { orgs } = await listOrgs(user);
  return orgs.some(({ slug }) => slug === orgSlug);
}

function Introduction({ invite: { inviterEmail, role } }: { invite: InvitePreview }) {
  return inviterEmail ? words.invitedBy(inviterEmail, roleName(role)) : words.invited(roleName(role));
}

function NextStep({ secret, invite, user }: { secret: string; invite: InvitePreview; user: UserActor | null }) {
  if (!user) return <SignInForInvite secret={secret} />;
  const otherAddress = maskEmail(user.email.toLowerCase()) !== invite.email.toLowerCase();
  if (otherAddress) return <SwitchAccount secret={secret} email={user.email} invitedEmail={invite.email} />;
  return (
    <AnswerInvite
      secret={secret}
      email={user.email}
      orgName={invite.orgName}
      orgSlug={invite.orgSlug}
      invitedEmail={invite.email}
    />
  );
}

function AlreadyMember({ invite }: { invite: InvitePreview }) {
  return (
    <FocusPage title={words.member(invite.orgName)} description={words.memberHint}>
      <ButtonLink variant="primary" href={`/orgs/${invite.orgSlug}`}>
        {words.open(invite.orgName)}
      </ButtonLink>
    </FocusPage>
  );
}

function ClosedInvite({ title, text, step }: { title: string; text: string; step: string }) {
  return (
    <FocusPage title={title} description={text}>
      <ButtonLink href="/">{step}</ButtonLink>
    </FocusPage>
  );
}
