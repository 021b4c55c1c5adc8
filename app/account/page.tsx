import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { userPage } from '@/lib/page/org-page';
import type { SearchParams } from '@/lib/page/stray-callback';
import { publicConfig } from '@/lib/public-config';
import * as words from '@/messages/account';
import { readAccount } from './_parts/account-page';
import { AccountRefusal } from './_parts/account-refusal';
import { ChangeEmail } from './change-email';
import { EmailArrival } from './email-arrival';
import { ManagedElsewhere } from './managed-elsewhere';
import { MyOrgs } from './my-orgs';
import { Profile } from './profile';

export const metadata: Metadata = { title: words.profile };

export default async function AccountPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await userPage('/account');
  const [{ account, refusal }, { orgs }, query] = await Promise.all([readAccount(user), listOrgs(user), searchParams]);
  const returned = query.email === 'changed' && account?.newEmail === null;
  const stale = account !== null && account.email !== user.email;
  return (
    <>
      <PageHeader title={words.profile} description={words.profileHint} />
      <div className="flex max-w-2xl flex-col gap-5">
        {refusal && <AccountRefusal refusal={refusal} next="/account" />}
        {account && <EmailArrival email={account.email} arrived={returned || stale} stale={stale} />}
        <Profile user={user} account={account} />
        {account && (
          <ChangeEmail
            key={account.newEmail}
            email={account.email}
            pending={account.newEmail}
            managed={account.identities.some(({ provider }) => provider.startsWith('sso'))}
          />
        )}
        <MyOrgs orgs={orgs} userId={user.userId} />
        {publicConfig().authMode === 'oidc' && <ManagedElsewhere />}
      </div>
    </>
  );
}
