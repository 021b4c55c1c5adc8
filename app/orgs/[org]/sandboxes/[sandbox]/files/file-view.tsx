'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { CopyButton } from '@/app/_ui/copy-button';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { shortMeasure } from '@/app/_ui/measure';
import { Skeleton } from '@/app/_ui/skeleton';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import * as words from '@/messages/sandbox-files';
import { Crumbs } from './crumbs';
import { DeleteEntry } from './delete-entry';
import { DownloadEntry } from './download-entry';
import { type FilePlace, readFile, statFile } from './file-api';
import { folderOf, placeSearch, readText } from './place';

/** What a browser shows without ado. */
const MOST_SHOWN_BYTES = 1_048_576;

type Content = { size: number } & ({ text: string } | { why: string });

/** A file of the sandbox: its text, or why that is not shown. */
export function FileView(place: FilePlace) {
  const router = useRouter();
  const { content, error } = useContent(place);
  return (
    <section aria-label={words.fileLabel} className="flex flex-col gap-3">
      <div className="flex items-center gap-1">
        <Crumbs page={place.page} path={place.path} />
        {content && <span className="mr-2 whitespace-nowrap text-muted text-sm">{shortMeasure(content.size, 'bytes')}</span>}
        {content && 'text' in content && <CopyButton value={content.text} label={words.copyText} />}
        <DownloadEntry place={place} />
        <DeleteEntry
          place={place}
          isFolder={false}
          onDeleted={() => router.push(place.page + placeSearch(folderOf(place.path)))}
        />
      </div>
      {error && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      {!error && content === null && <Skeleton className="h-56 w-full rounded-lg" />}
      {content && 'why' in content && (
        <div className="rounded-lg border bg-surface">
          <EmptyState title={words.notShown} text={content.why} />
        </div>
      )}
      {content && 'text' in content && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
          className="max-h-[70dvh] min-h-24 overflow-auto rounded-lg border bg-surface px-4 py-3 font-mono text-xs leading-5"
        >
          {content.text}
        </pre>
      )}
    </section>
  );
}

function useContent({ orgId, sandboxId, page, path }: FilePlace) {
  const [content, setContent] = useState<Content | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  useEffect(() => {
    let left = false;
    readContent({ orgId, sandboxId, page, path }).then(
      (read) => !left && setContent(read),
      (thrown: unknown) => !left && setError(asApiError(thrown)),
    );
    return () => {
      left = true;
    };
  }, [orgId, sandboxId, page, path]);

  return { content, error };
}

async function readContent(place: FilePlace): Promise<Content> {
  const { size, is_dir } = await statFile(place);
  if (is_dir) return { size: 0, why: words.isFolder };
  if (size > MOST_SHOWN_BYTES) return { size, why: words.isLarge };
  const bytes = new Uint8Array(await (await readFile(place)).arrayBuffer());
  const text = readText(bytes);
  return text === null ? { size, why: words.isNoText } : { size: bytes.length, text };
}
