import type { ReactNode } from 'react';
import { orgPage } from '@/lib/page/org-page';

interface SettingsDoorProps {
  params: Promise<{ org: string }>;
  children: ReactNode;
}

/** Above loading.tsx, so that a refusal is a real redirect or 404 and not a page that streams one. */
export default async function SettingsDoor({ params, children }: SettingsDoorProps) {
  await orgPage(params, 'org:update', '/settings');
  return children;
}
