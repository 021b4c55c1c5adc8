import type { Metadata } from 'next';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';
import * as words from '@/messages/org';

export const metadata: Metadata = { title: words.notFound };

/** For members whose role does not reach this page; outsiders get the page every unknown address gets. */
export default function OrgNotFound() {
  return (
    <>
      <PageHeader title={words.notFoundTitle} />
      <div className="rounded-lg border bg-surface">
        <EmptyState title={words.notFoundReason} text={words.notFoundHint} />
      </div>
    </>
  );
}
