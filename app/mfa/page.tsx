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
import * as words from '@/messages/mfa';
import { FocusPage } from '../_ui/focus-page';
import { Note } from '../_ui/note';
import { readAccount } from '../account/_parts/account-page';
import { AccountRefusal } from '../account/_parts/account-refusal';
import { ChallengeForm } from './challenge-form';
import { EnrolHere } from './enrol-here';
import { WayOut } from './way-out';

export const metadata: Metadata = { title: words.pageTitle };

/** Asks for the second factor an account has, or an organization demands, and leads on to `next`. */
export default async function MfaPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext((await searchParams).next);
  const user = (await optionalUser()) ?? redirect(withNext('/login', next));
  // The same token that the page behind `next` will judge, so the two cannot send the person back and forth.
  if (user.aal === 'aal2') redirect(next);
  const { account, refusal } = await readAccount(user);
  const { title, description, content, advice }: Task = refusal
    ? { title: words.pageTitle, description: null, content: <AccountRefusal refusal={refusal} next={next} /> }
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

async function task(user: UserActor, account: Account | null, next: string): Promise<Task> {
  if (!account) return elsewhere();
  const verified = account.factors.filter((factor) => factor.verified);
  const apps = verified.filter(({ type }) => type === 'totp');
  if (apps.length > 0) {
    return {
      title: words.challengeTitle,
      description: words.challengeHint,
      content: <ChallengeForm factors={apps} next={next} />,
      advice: words.lost,
    };
  }
  if (verified.length > 0) return unknownFactor();
  const org = await askingOrg(user, next);
  return {
    title: words.setUpTitle,
    description: org ? words.askedBy(org) : words.setUpHint,
    content: <EnrolHere next={next} />,
    advice: words.needsApp,
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
    title: words.elsewhereTitle,
    description: null,
    content: (
      <Note tone="warn" title={byProvider ? words.byProvider : words.noneHere}>
        {byProvider ? words.byProviderHint : words.noneHereHint}
      </Note>
    ),
  };
}

function unknownFactor(): Task {
  return {
    title: words.challengeTitle,
    description: null,
    content: (
      <Note tone="warn" title={words.unknownFactor}>
        {words.unknownFactorHint}
      </Note>
    ),
  };
}
