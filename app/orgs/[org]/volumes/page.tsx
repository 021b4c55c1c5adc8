import type { Metadata } from 'next';
import { orgPage } from '@/lib/page/org-page';
import { Volumes } from './volumes';

export const metadata: Metadata = { title: 'Volumes' };

export default async function VolumesPage({ params }: { params: Promise<{ org: string }> }) {
  const { orgId } = await orgPage(params, 'sandboxes:use', '/volumes');
  return <Volumes orgId={orgId} />;
}
