import { tellRefusal } from '@/lib/auth/refusal-listener';
import { originOf } from '@/lib/auth/request-origin';
import type { LinkReason } from '@/lib/supabase/link-reason';

/** Tells the audit trail that somebody came back from the auth server and was not let in. An outage is nobody's attempt. */
export function tellFailedSignIn(headers: Headers, reason: LinkReason): void {
  if (reason === 'unavailable') return;
  tellRefusal({ code: reason, kind: 'credential', route: '/auth/callback', origin: originOf(headers), actorId: '', orgId: '' });
}
