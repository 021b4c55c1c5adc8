import type { ReactNode } from 'react';
import { orgPage } from '@/lib/page/org-page';

interface SnapshotsDoorProps {
  params: Promise<{ org: string }>;
  children: ReactNode;
}

/** Above loading.tsx, so that a refusal is a real redirect or 404 and not a page that streams one. */
export default async function SnapshotsDoor({ params, children }: SnapshotsDoorProps) {
  await orgPage(params, 'sandboxes:use', '/snapshots');
  return children;
}
