'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ErrorNote } from '@/app/_ui/error-note';
import { Note } from '@/app/_ui/note';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/account-email';
import { useAuth } from '../auth/_parts/use-auth';

interface EmailArrivalProps {
  email: string;
  /** The person comes from the last link, or `stale`. */
  arrived: boolean;
  /** This browser's token still says the old address: the links were opened elsewhere. */
  stale: boolean;
}

/**
 * After an e-mail change: carries the new address to the token of this browser and to the person's organizations. Always part of the
 * page, because what it did makes `arrived` false at the next refresh, and the words about it must outlive that.
 */
export function EmailArrival({ email, arrived, stale }: EmailArrivalProps) {
  const { auth } = useAuth();
  const router = useRouter();
  const [error, setError] = useState<ApiError | null>(null);
  const [done, setDone] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address that arrives
  useEffect(() => {
    if (arrived) void tell();
  }, [email]);

  async function tell() {
    try {
      const { error: notRenewed } = stale ? await (await auth()).refreshSession() : { error: null };
      if (notRenewed) throw notRenewed;
      await apiFetch('POST', '/v1/me/email', {});
      setDone(true);
      window.history.replaceState(null, '', '/account');
      if (stale) router.refresh();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  }

  if (error) {
    return <ErrorNote message={words.notTold} hint={words.notToldHint(error.hint ?? error.message)} />;
  }
  if (!arrived && !done) return null;
  return (
    <Note role="status" tone="accent" title={done ? words.wasChanged : words.hasChanged}>
      {done ? words.told(email) : words.telling}
    </Note>
  );
}
