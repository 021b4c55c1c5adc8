import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import type { DomainError } from '@/lib/errors';
import * as words from '@/messages/account';

/** What stands in place of the account when the auth server did not tell it. */
export function AccountRefusal({ refusal, next }: { refusal: DomainError; next: string }) {
  const ended = refusal.status < 500;
  return (
    <div className="flex flex-col items-start gap-4">
      <ErrorNote
        className="w-full"
        message={refusal.code === 'session_revoked' ? words.signedOutElsewhere : refusal.message}
        hint={ended ? refusal.hint : words.reload}
      />
      {ended && (
        // A sign-out first: while the cookies are there, the sign-in page would send the person straight back.
        <form method="post" action="/auth/sign-out">
          <input type="hidden" name="next" value={next} />
          <Button type="submit" variant="primary">
            {words.signInAgain}
          </Button>
        </form>
      )}
    </div>
  );
}
