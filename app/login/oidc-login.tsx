import { config } from '@/lib/config';
import { providerAnswers } from '@/lib/oidc/provider';
import { withNext } from '@/lib/page/safe-next';
import * as words from '@/messages/login';
import { buttonStyle } from '../_ui/button-style';
import { ErrorNote } from '../_ui/error-note';

/** The one way in of oidc mode. A plain link: what is prefetched would begin a sign-in. */
export async function OidcLogin({ next }: { next: string }) {
  const { oidc } = config();
  if (!oidc) return null;
  const answers = await providerAnswers();
  return (
    <div className="flex flex-col gap-5">
      {!answers && <ErrorNote message={words.outage} hint={words.providerOutageHint} />}
      <a className={buttonStyle({ variant: 'primary', size: 'lg' })} href={withNext('/auth/oidc/start', next)}>
        {words.signInWith(new URL(oidc.issuer).host)}
      </a>
    </div>
  );
}
