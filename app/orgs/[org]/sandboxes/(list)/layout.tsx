import type { ReactNode } from 'react';
import { orgPage } from '@/lib/page/org-page';

interface SandboxesDoorProps {
  params: Promise<{ org: string }>;
  children: ReactNode;
}

/** Above loading.tsx, so that a refusal is a real redirect or 404 and not a page that streams one. */
export default async function SandboxesDoor({ params, children }: SandboxesDoorProps) {
  await orgPage(params, 'sandboxes:use', '/sandboxes');
  return children;
}
