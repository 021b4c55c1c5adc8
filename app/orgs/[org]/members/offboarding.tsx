'use client';

import { useEffect, useState } from 'react';
import { ErrorNote } from '@/app/_ui/error-note';
import { LoadingRegion } from '@/app/_ui/loading-region';
import { Note } from '@/app/_ui/note';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Skeleton } from '@/app/_ui/skeleton';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
import { roleName } from '@/messages/roles';

/** The part of the preview that is shown here. */
interface Preview {
  tokens: { id: string; label: string; prefix: string; last_used_at: string | null }[];
  invites: { id: string; email: string; role: string }[];
  would_be_last_owner: boolean;
}

interface OffboardingProps {
  orgId: string;
  userId: string;
  /** The viewer is the one who goes. */
  self?: boolean;
  /** Called once what ends stands on the screen, unless the member cannot go. */
  onShown: () => void;
}

/** What ends with a membership, asked at the moment somebody is about to end it. */
export function Offboarding({ orgId, userId, self = false, onShown }: OffboardingProps) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once an opening, however often the dialog renders
  useEffect(() => {
    let shown = true;
    apiFetch<Preview>('GET', `/v1/orgs/${orgId}/members/${encodeURIComponent(userId)}/offboarding`)
      .then((answer) => {
        if (!shown) return;
        setPreview(answer);
        if (!answer.would_be_last_owner) onShown();
      })
      .catch((thrown: unknown) => shown && setError(asApiError(thrown)));
    return () => {
      shown = false;
    };
  }, [orgId, userId]);

  if (error) return <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />;
  if (preview?.would_be_last_owner) {
    return (
      <Note tone="warn" title={words.lastOwner}>
        {words.lastOwnerHint}
      </Note>
    );
  }
  return (
    <section aria-label={words.ending} aria-live="polite" className="rounded-md border bg-canvas text-sm">
      <h3 className="border-b px-3 py-2 font-medium">{words.ending}</h3>
      <p className="px-3 py-2 text-muted">{self ? words.yourAccessEnds : words.theirAccessEnds}</p>
      {preview ? (
        <>
          <Ending title={words.tokensEnd} nothing={self ? words.noTokenOfYours : words.noTokenOfTheirs}>
            {preview.tokens.map(({ id, label, prefix, last_used_at }) => (
              <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="min-w-0 truncate">
                  {label || words.unnamedToken} <code className="font-mono text-muted text-xs">{prefix}…</code>
                </span>
                <span className="text-muted text-xs">
                  {last_used_at ? words.tokenUsed(<RelativeTime date={last_used_at} />) : words.tokenNeverUsed}
                </span>
              </li>
            ))}
          </Ending>
          <Ending title={words.invitesEnd} nothing={self ? words.noInviteOfYours : words.noInviteOfTheirs}>
            {preview.invites.map(({ id, email, role }) => (
              <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="min-w-0 truncate">{email}</span>
                <span className="text-muted text-xs">{roleName(role)}</span>
              </li>
            ))}
          </Ending>
        </>
      ) : (
        <LoadingRegion className="flex flex-col gap-2 border-t px-3 py-2.5">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </LoadingRegion>
      )}
    </section>
  );
}

interface EndingProps {
  title: string;
  /** What is said when nothing of the kind ends. */
  nothing: string;
  children: React.ReactNode[];
}

function Ending({ title, nothing, children }: EndingProps) {
  if (children.length === 0) return <p className="border-t px-3 py-2 text-muted">{nothing}</p>;
  return (
    <div className="border-t px-3 py-2">
      <p className="text-muted">{title}</p>
      <ul className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto">{children}</ul>
    </div>
  );
}
