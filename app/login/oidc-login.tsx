import { config } from '@/lib/config';
import { providerAnswers } from '@/lib/oidc/provider';
import { withNext } from '@/lib/page/safe-next';
import { buttonStyle } from '../_ui/button-style';
import { ErrorNote } from '../_ui/error-note';

/** The one way in of oidc mode. A plain link: what is prefetched would begin a sign-in. */
export async function OidcLogin({ next }: { next: string }) {
  const { oidc } = config();
  if (!oidc) return null;
  const answers = await providerAnswers();
  return (
    <div className="flex flex-col gap-5">
      {!answers && (
        <ErrorNote
          message="The sign-in service does not answer"
          hint="Reload in a few seconds; if you were signed in, you still are. Operators: check PANDASTACK_OIDC_ISSUER."
        />
      )}
      <a className={buttonStyle({ variant: 'primary', size: 'lg' })} href={withNext('/auth/oidc/start', next)}>
        Sign in with {new URL(oidc.issuer).host}
      </a>
    </div>
  );
}
