import * as common from '@/messages/common';
import { Button } from '../_ui/button';

interface WayOutProps {
  email: string;
  next: string;
  /** What to do without the thing the page asks for. */
  advice: string | null;
}

/** Nobody is kept at a door they cannot pass. */
export function WayOut({ email, next, advice }: WayOutProps) {
  return (
    <div className="flex flex-col gap-3">
      {advice && <p>{advice}</p>}
      <form method="post" action="/auth/sign-out" className="flex items-center justify-between gap-3">
        <input type="hidden" name="next" value={next} />
        <span className="wrap-anywhere min-w-0">{common.signedInAs(email)}</span>
        <Button type="submit" size="sm">
          {common.signOut}
        </Button>
      </form>
    </div>
  );
}
