import { Camera } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { ButtonLink } from '@/app/_ui/button-link';
import { CopyButton } from '@/app/_ui/copy-button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';
import { RelativeTime } from '@/app/_ui/relative-time';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { orgPage } from '@/lib/page/org-page';
import { listSnapshots, type SnapshotView } from '@/lib/sandboxes/list-snapshots';
import * as words from '@/messages/snapshots';
import { DeleteThing } from '../_parts/delete-thing';
import { firstPageIfForeign } from '../_parts/first-page-if-foreign';
import { LeavingRows } from '../_parts/leaving-rows';
import { RestoreSnapshot } from './restore-snapshot';

export const metadata: Metadata = { title: words.title };

const ROWS = 50;

interface SnapshotsPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<{ cursor?: string | string[] }>;
}

export default async function SnapshotsPage({ params, searchParams }: SnapshotsPageProps) {
  const access = await orgPage(params, 'sandboxes:use', '/snapshots');
  const base = `/orgs/${(await params).org}`;
  const cursor = [(await searchParams).cursor].flat()[0] ?? '';
  const { items, nextCursor } = await firstPageIfForeign(cursor, (from) => listSnapshots(access, { limit: ROWS, cursor: from }));
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      {items.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<Camera />}
            title={words.noneTitle}
            text={words.noneText}
            action={<ButtonLink href={`${base}/sandboxes`}>{words.toSandboxes}</ButtonLink>}
          />
        </div>
      ) : (
        <SnapshotsTable orgId={access.orgId} path={`${base}/sandboxes`} snapshots={items} />
      )}
      {nextCursor && (
        <nav aria-label={words.pages} className="mt-4 flex justify-end">
          <ButtonLink href={`${base}/snapshots?cursor=${nextCursor}`}>{words.older}</ButtonLink>
        </nav>
      )}
    </>
  );
}

interface SnapshotsTableProps {
  orgId: string;
  /** Of the list of sandboxes. */
  path: string;
  snapshots: readonly SnapshotView[];
}

function SnapshotsTable({ orgId, path, snapshots }: SnapshotsTableProps) {
  return (
    <Table label={words.title}>
      <Thead>
        <tr>
          <Th>{words.snapshot}</Th>
          <Th className="max-md:hidden">{words.takenFrom}</Th>
          <Th className="max-lg:hidden">{words.machine}</Th>
          <Th className="max-sm:hidden">{words.taken}</Th>
          <ActionsTh />
        </tr>
      </Thead>
      <tbody>
        {snapshots.map(({ id, sandboxId, template, agentId, createdAt }) => (
          <LeavingRows key={id}>
            <Tr>
              <Td className="w-1/2 max-w-0 max-md:w-full">
                <span className="flex items-center gap-1">
                  <span className="truncate font-mono text-xs">{id}</span>
                  <CopyButton value={id} label={words.copyId} className="max-sm:hidden" />
                </span>
                <span className="block truncate text-muted text-xs">
                  {template}
                  <span className="sm:hidden">
                    {template && ' · '}
                    <RelativeTime date={createdAt} />
                  </span>
                </span>
              </Td>
              <Td className="w-1/2 max-w-0 truncate font-mono text-muted text-xs max-md:hidden">
                {sandboxId ? (
                  <Link
                    href={`${path}/${encodeURIComponent(sandboxId)}`}
                    className="rounded-sm underline-offset-4 hover:text-ink hover:underline"
                  >
                    {sandboxId}
                  </Link>
                ) : (
                  '–'
                )}
              </Td>
              <Td className="max-w-32 truncate font-mono text-muted text-xs max-lg:hidden">{agentId ?? '–'}</Td>
              <Td className="whitespace-nowrap text-muted max-sm:hidden">
                <RelativeTime date={createdAt} />
              </Td>
              <Td className="w-px whitespace-nowrap text-right">
                <RestoreSnapshot orgId={orgId} id={id} path={path} />
                <DeleteThing orgId={orgId} kind="snapshot" name={id} description={words.removeHint} />
              </Td>
            </Tr>
          </LeavingRows>
        ))}
      </tbody>
    </Table>
  );
}
