import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { fetchAuthSettings } from '@/lib/supabase/fetch-auth-settings';
import * as words from '@/messages/account-security';
import { accountPage } from '../_parts/account-page';
import { AccountRefusal } from '../_parts/account-refusal';
import { ChangePassword } from './change-password';
import { Identities } from './identities';
import { TwoFactor } from './two-factor';

export const metadata: Metadata = { title: words.title };

export default async function SecurityPage() {
  const { account, refusal } = await accountPage('/account/security');
  const settings = account && (await fetchAuthSettings());
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <div className="flex max-w-2xl flex-col gap-5">
        {refusal && <AccountRefusal refusal={refusal} next="/account/security" />}
        {account && (
          <>
            <TwoFactor factors={account.factors} />
            <ChangePassword
              email={account.email}
              mayHaveNone={account.identities.every(({ provider }) => provider !== 'email')}
            />
            <Identities identities={account.identities} providers={settings?.providers ?? []} />
          </>
        )}
      </div>
    </>
  );
}
