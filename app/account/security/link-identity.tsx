'use client';

import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Note } from '@/app/_ui/note';
import * as words from '@/messages/account-security';
import { providerName } from '../../auth/_parts/provider-name';
import { refuseInsecurePage } from '../../auth/_parts/use-auth';
import { useAccountWork } from '../_parts/use-account-work';

/** Adds a provider to the account that is signed in; comes back here. */
export function LinkIdentity({ providers }: { providers: readonly string[] }) {
  const { callbackUrl, pending, problem, run } = useAccountWork();

  const link = (provider: string) =>
    run(async (auth) => {
      refuseInsecurePage();
      const { error } = await auth.linkIdentity({
        provider: provider as Parameters<typeof auth.signInWithOAuth>[0]['provider'],
        options: { redirectTo: callbackUrl('/account/security') },
      });
      if (error) throw error;
    });

  // Whether an operator allows it is in no setting that can be read: the first try tells.
  if (problem?.code === 'manual_linking_disabled') {
    return (
      <Note role="status" className="w-full" title={problem.message}>
        {problem.hint}
      </Note>
    );
  }
  return (
    <div className="flex w-full flex-col gap-2">
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <div className="flex flex-wrap items-center gap-2">
        {providers.map((provider) => (
          <Button key={provider} size="sm" disabled={pending} onClick={() => void link(provider)}>
            {words.link(providerName(provider))}
          </Button>
        ))}
      </div>
    </div>
  );
}
