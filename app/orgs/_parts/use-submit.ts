'use client';

import { useState } from 'react';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';

/** One write at a time, and what the API said against it. */
export function useSubmit() {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function submit(write: () => Promise<void>): Promise<void> {
    if (pending) return;
    setPending(true);
    setError(null);
    try {
      await write();
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setPending(false);
    }
  }

  return { pending, error, submit, clearError: () => setError(null) };
}
