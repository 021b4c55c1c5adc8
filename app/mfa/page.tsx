import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import type { UserActor } from '@/lib/auth/actor';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { optionalUser } from '@/lib/page/org-page';
import { safeNext, withNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import type { Account } from '@/lib/supabase/fetch-account';
import { FocusPage } from '../_ui/focus-page';
import { Note } from '../_ui/note';
import { readAccount } from '../account/_parts/account-page';
import { AccountRefusal } from '../account/_parts/account-refusal';
import { ChallengeForm } from './challenge-form';
import { EnrolHere } from './enrol-here';
import { WayOut } from './way-out';

export const metadata: Metadata = { title: 'Two-factor sign-in' };

/** Asks for the second factor an account has, or an organization demands, and leads on to `next`. */
export default async function MfaPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  const user = (await optionalUser()) ?? redirect(withNext('/login', next));
  // The same token that the page behind `next` will judge, so the two cannot send the person back and forth.
  if (user.aal === 'aal2') redirect(next);
  const { account, refusal } = await readAccount(user);
  const { title, description, content, advice }: Task = refusal
    ? { title: 'Two-factor sign-in', description: null, content: <AccountRefusal refusal={refusal} next={next} /> }
    : await task(user, account, next);
  return (
    <FocusPage title={title} description={description} footer={<WayOut email={user.email} next={next} advice={advice ?? null} />}>
      {content}
    </FocusPage>
  );
}

interface Task {
  title: string;
  description: string | null;
  content: ReactNode;
  /** For who cannot do it. */
  advice?: string;
}

const LOST =
  'Lost your authenticator? There are no recovery codes: use another authenticator of yours, or ask the operator of this server to remove the lost one.';
const NEEDS_APP =
  'Any authenticator app will do: the one of your phone, or your password manager. There are no recovery codes, so add a second one afterwards under Account.';

async function task(user: UserActor, account: Account | null, next: string): Promise<Task> {
  if (!account) return elsewhere();
  const verified = account.factors.filter((factor) => factor.verified);
  const apps = verified.filter(({ type }) => type === 'totp');
  if (apps.length > 0) {
    return {
      title: 'One more step',
      description: 'Your account is protected by a second factor.',
      content: <ChallengeForm factors={apps} next={next} />,
      advice: LOST,
    };
  }
  if (verified.length > 0) return unknownFactor();
  const org = await askingOrg(user, next);
  return {
    title: 'Set up two-factor sign-in',
    description: `${org ? `${org} asks for two-factor sign-in.` : 'A second factor protects your account.'} Set it up now; you go on right after.`,
    content: <EnrolHere next={next} />,
    advice: NEEDS_APP,
  };
}

/** The organization whose page is behind `next`, if the person belongs to it and it does ask. */
async function askingOrg(user: UserActor, next: string): Promise<string | undefined> {
  const segment = /^\/orgs\/([^/?]+)/.exec(next)?.[1];
  if (!segment) return undefined;
  const { orgs } = await listOrgs(user);
  return orgs.find(({ id, slug, mfaRequired }) => mfaRequired && (id === segment || slug === segment))?.name;
}

function elsewhere(): Task {
  const byProvider = publicConfig().authMode === 'oidc';
  return {
    title: 'A second factor is asked for',
    description: null,
    content: (
      <Note
        tone="warn"
        title={byProvider ? 'Your identity provider manages two-factor sign-in' : 'This mode has no second factor'}
      >
        {byProvider
          ? 'Turn it on there, sign out here and sign in again with it.'
          : 'Organizations that ask for one cannot be opened in stub mode.'}
      </Note>
    ),
  };
}

function unknownFactor(): Task {
  return {
    title: 'One more step',
    description: null,
    content: (
      <Note tone="warn" title="Your second factor cannot be used here">
        This dashboard asks for the codes of authenticator apps. Ask the operator of this server to remove the other factor.
      </Note>
    ),
  };
}
