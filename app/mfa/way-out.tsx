import { Button } from '../_ui/button';

/** Nobody is kept at a door they cannot pass. */
export function WayOut({ email, next }: { email: string; next: string }) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        Lost your authenticator? There are no recovery codes: use another authenticator of yours, or ask the operator of this
        server to remove the lost one.
      </p>
      <form method="post" action="/auth/sign-out" className="flex items-center justify-between gap-3">
        <input type="hidden" name="next" value={next} />
        <span className="wrap-anywhere min-w-0">{email ? `Signed in as ${email}` : 'Signed in'}</span>
        <Button type="submit" size="sm">
          Sign out
        </Button>
      </form>
    </div>
  );
}
