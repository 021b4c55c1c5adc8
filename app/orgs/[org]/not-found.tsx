import type { Metadata } from 'next';
import { EmptyState } from '@/app/_ui/empty-state';

export const metadata: Metadata = { title: 'Not found' };

/** For members whose role does not reach this page; outsiders get the page every unknown address gets. */
export default function OrgNotFound() {
  return (
    <div className="rounded-lg border bg-surface">
      <EmptyState
        title="Nothing to see here"
        text="The page does not exist, or your role in this organization does not reach it. An owner can change your role."
      />
    </div>
  );
}
