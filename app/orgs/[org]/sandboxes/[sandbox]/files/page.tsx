import type { Metadata } from 'next';
import * as words from '@/messages/sandbox-files';
import { NotRunning } from '../_parts/not-running';
import { openLiveSandbox } from '../_parts/open-sandbox';
import { FileView } from './file-view';
import { Folder } from './folder';
import { readPath } from './place';

export const metadata: Metadata = { title: words.title };

interface FilesPageProps {
  params: Promise<{ org: string; sandbox: string }>;
  searchParams: Promise<{ path?: string | string[]; file?: string | string[] }>;
}

export default async function FilesPage({ params, searchParams }: FilesPageProps) {
  const { access, id, sandbox, listPath, answers } = await openLiveSandbox(params);
  if (!answers) return <NotRunning status={sandbox.status} held={sandbox.held} />;
  const { path, file } = await searchParams;
  const place = { orgId: access.orgId, sandboxId: id, page: `${listPath}/${encodeURIComponent(id)}/files` };
  if (file !== undefined) return <FileView key={readPath(file)} {...place} path={readPath(file)} />;
  return <Folder key={readPath(path)} {...place} path={readPath(path)} />;
}
