import type { Metadata } from 'next';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';

export const metadata: Metadata = { title: 'Not found' };

/** For members whose role does not reach this page; outsiders get the page every unknown address gets. */
export default function OrgNotFound() {
  return (
    <>
      <PageHeader title="Nothing to see here" />
      <div className="rounded-lg border bg-surface">
        <EmptyState
          title="No such page for you"
          text="It does not exist, or your role in this organization does not reach it. An owner can change your role."
        />
      </div>
    </>
  );
}
