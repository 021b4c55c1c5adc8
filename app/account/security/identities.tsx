import { Card } from '@/app/_ui/card';
import { RelativeTime } from '@/app/_ui/relative-time';
import type { AccountIdentity } from '@/lib/supabase/fetch-account';
import * as words from '@/messages/account-security';
import { providerName } from '../../auth/_parts/provider-name';
import { LinkIdentity } from './link-identity';
import { UnlinkIdentity } from './unlink-identity';

interface IdentitiesProps {
  identities: readonly AccountIdentity[];
  /** Providers that the auth server offers. */
  providers: readonly string[];
}

export function Identities({ identities, providers }: IdentitiesProps) {
  const free = providers.filter((provider) => identities.every((identity) => identity.provider !== provider));
  return (
    <Card
      title={words.methods}
      description={words.methodsHint}
      flush
      footer={free.length > 0 && <LinkIdentity providers={free} />}
    >
      <ul className="divide-y">
        {identities.map((identity) => (
          <li key={identity.id} className="flex min-h-12 items-center gap-3 px-4 py-1.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{providerName(identity.provider)}</span>
              <span className="block truncate text-muted text-xs">
                <Origin email={identity.email} since={identity.createdAt} />
              </span>
            </span>
            {identities.length > 1 && (
              <UnlinkIdentity id={identity.id} name={providerName(identity.provider)} email={identity.email} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Origin({ email, since }: { email: AccountIdentity['email']; since: AccountIdentity['createdAt'] }) {
  if (!since) return email;
  const when = <RelativeTime date={since} />;
  return email ? words.emailSince(email, when) : words.since(when);
}
