import type { ReactNode } from 'react';
import { Card } from '@/app/_ui/card';
import { CopyField } from '@/app/_ui/copy-field';
import { RelativeTime } from '@/app/_ui/relative-time';
import { TextLink } from '@/app/_ui/text-link';
import type { UserActor } from '@/lib/auth/actor';
import type { Account } from '@/lib/supabase/fetch-account';
import * as words from '@/messages/account';
import { providerName } from '../auth/_parts/provider-name';

/** Who the person is. Without an account (other modes, an outage) what the token says. */
export function Profile({ user, account }: { user: UserActor; account: Account | null }) {
  const ways = [...new Set(account?.identities.map(({ provider }) => providerName(provider)))];
  return (
    <Card title={words.identity}>
      <dl className="grid items-center gap-x-4 gap-y-2.5 max-sm:gap-y-0.5 sm:grid-cols-[8rem_minmax(0,1fr)] max-sm:[&>dd:not(:last-child)]:mb-2.5">
        <Fact name={words.email}>
          <span className="wrap-anywhere font-medium">{account?.email || user.email || words.none}</span>
        </Fact>
        <Fact name={words.userId}>
          <CopyField value={user.userId} label={words.copyUserId} />
        </Fact>
        {account && (
          <>
            <Fact name={words.signInMethods}>
              <span className="flex flex-wrap gap-x-3">
                {ways.join(', ') || words.none} <TextLink href="/account/security">{words.manage}</TextLink>
              </span>
            </Fact>
            <Fact name={words.memberSince}>
              <RelativeTime date={account.createdAt} />
            </Fact>
          </>
        )}
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="min-w-0 text-sm">{children}</dd>
    </>
  );
}
