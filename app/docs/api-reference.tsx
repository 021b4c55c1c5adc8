'use client';

import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import { ErrorNote } from '@/app/_ui/error-note';
import { Skeleton } from '@/app/_ui/skeleton';
import * as words from '@/messages/docs';
import { loadScalar, type Reference } from './load-scalar';
import { referenceConfiguration } from './reference-configuration';

/** The contract as people read it and try it out, in the theme of the page. */
export function ApiReference({ contract }: { contract: string }) {
  const place = useRef<HTMLDivElement>(null);
  const reference = useRef<Reference>(undefined);
  const { resolvedTheme } = useTheme();
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const configuration = referenceConfiguration(contract, resolvedTheme === 'dark');
  const latest = useRef(configuration);

  useEffect(() => {
    latest.current = configuration;
    reference.current?.updateConfiguration(configuration);
  });

  useEffect(() => {
    let left = false;
    loadScalar().then(
      (scalar) => {
        if (left || !place.current) return;
        reference.current = scalar.createApiReference(place.current, latest.current);
        setState('shown');
      },
      () => setState('failed'),
    );
    return () => {
      left = true;
      reference.current?.destroy();
      reference.current = undefined;
    };
  }, []);

  return (
    <>
      {state === 'loading' && <Waiting />}
      {state === 'failed' && (
        <div className="mx-auto max-w-2xl p-6">
          <ErrorNote message={words.notLoaded} hint={words.notLoadedHint} />
        </div>
      )}
      <div ref={place} />
    </>
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-4 p-6" role="status" aria-label={words.loading}>
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-4 w-full max-w-xl" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
