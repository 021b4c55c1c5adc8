import type { ReactNode } from 'react';
import { orgPage } from '@/lib/page/org-page';

interface TemplatesDoorProps {
  params: Promise<{ org: string }>;
  children: ReactNode;
}

/** Above loading.tsx, so that a refusal is a real redirect or 404 and not a page that streams one. */
export default async function TemplatesDoor({ params, children }: TemplatesDoorProps) {
  await orgPage(params, 'sandboxes:use', '/templates');
  return children;
}
