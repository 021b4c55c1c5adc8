'use client';

import { File as FileIcon, Folder as FolderIcon, Upload } from 'lucide-react';
import Link from 'next/link';
import { type DragEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { LoadingRegion } from '@/app/_ui/loading-region';
import { shortMeasure } from '@/app/_ui/measure';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Skeleton } from '@/app/_ui/skeleton';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import * as words from '@/messages/sandbox-files';
import { Crumbs } from './crumbs';
import { DeleteEntry } from './delete-entry';
import { DownloadEntry } from './download-entry';
import { type Entry, type FilePlace, listFolder } from './file-api';
import { below, placeSearch } from './place';
import { useUploads } from './use-uploads';

/** A folder of the sandbox; files dropped on it are put into it. */
export function Folder(place: FilePlace) {
  const { entries, error, reload } = useFolder(place);
  const { uploading, upload } = useUploads(place, reload);
  const [isOver, setIsOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    void upload([...event.dataTransfer.files]);
  }

  return (
    <section
      aria-label={words.folderLabel(place.path)}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={cn('flex flex-col gap-3 rounded-lg', isOver && 'outline-2 outline-ring outline-offset-4')}
    >
      <div className="flex items-center gap-3">
        <Crumbs page={place.page} path={place.path} />
        <UploadButton uploading={uploading} onFiles={(files) => void upload(files)} />
      </div>
      {error && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      {!error && entries === null && <Waiting />}
      {entries?.length === 0 && (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon={<FolderIcon />} title={words.emptyTitle} text={words.emptyText} />
        </div>
      )}
      {entries && entries.length > 0 && <Entries entries={entries} place={place} onChanged={reload} />}
    </section>
  );
}

function useFolder({ orgId, sandboxId, page, path }: FilePlace) {
  const [entries, setEntries] = useState<Entry[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  const reload = useCallback(() => {
    listFolder({ orgId, sandboxId, page, path }).then(
      (found) => {
        setEntries(found);
        setError(null);
      },
      (thrown: unknown) => setError(asApiError(thrown)),
    );
  }, [orgId, sandboxId, page, path]);
  useEffect(reload, [reload]);

  return { entries, error, reload };
}

function UploadButton({ uploading, onFiles }: { uploading: string | null; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={words.uploadLabel}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <span role="status" className="sr-only">
        {uploading === null ? '' : words.uploading(uploading)}
      </span>
      <Button pending={uploading !== null} onClick={() => input.current?.click()}>
        <Upload aria-hidden="true" /> {words.upload}
      </Button>
    </>
  );
}

function Waiting() {
  return (
    <LoadingRegion>
      <Skeleton className="h-56 w-full rounded-lg" />
    </LoadingRegion>
  );
}

function Entries({ entries, place, onChanged }: { entries: Entry[]; place: FilePlace; onChanged: () => void }) {
  return (
    <Table label={words.tableLabel}>
      <Thead>
        <tr>
          <Th>{words.name}</Th>
          <Th className="text-right max-sm:hidden">{words.size}</Th>
          <Th className="max-sm:hidden">{words.changed}</Th>
          <ActionsTh />
        </tr>
      </Thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow
            key={entry.name}
            entry={entry}
            place={{ ...place, path: below(place.path, entry.name) }}
            onChanged={onChanged}
          />
        ))}
      </tbody>
    </Table>
  );
}

function EntryRow({ entry, place, onChanged }: { entry: Entry; place: FilePlace; onChanged: () => void }) {
  const { name, is_dir: isFolder, size, mtime } = entry;
  const Icon = isFolder ? FolderIcon : FileIcon;
  return (
    <Tr>
      <Td className="h-9 w-full max-w-0">
        <Link
          href={place.page + placeSearch(place.path, !isFolder)}
          prefetch={false}
          className="flex items-center gap-2 rounded-sm underline-offset-4 hover:underline"
        >
          <Icon aria-hidden="true" className={cn('size-4 shrink-0', isFolder ? 'text-accent-ink' : 'text-faint')} />
          <span className="truncate font-mono text-xs">{name}</span>
        </Link>
      </Td>
      <Td className="h-9 whitespace-nowrap text-right text-muted tabular-nums max-sm:hidden">
        {isFolder ? '–' : shortMeasure(size, 'bytes')}
      </Td>
      <Td className="h-9 whitespace-nowrap text-muted max-sm:hidden">
        <RelativeTime date={new Date(mtime * 1_000)} />
      </Td>
      <Td className="h-9 w-px whitespace-nowrap text-right">
        {!isFolder && <DownloadEntry place={place} />}
        <DeleteEntry place={place} isFolder={isFolder} onDeleted={onChanged} />
      </Td>
    </Tr>
  );
}
