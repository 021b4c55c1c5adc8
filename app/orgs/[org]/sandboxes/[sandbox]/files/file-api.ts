import { readAnswer } from '@/lib/api-client/api-fetch';
import { sandboxApi, sandboxPath, sandboxRequest } from '@/lib/api-client/sandbox-api';
import { nameOf } from './place';

/** Where a file or folder is, and the page that shows it. */
export interface FilePlace {
  orgId: string;
  sandboxId: string;
  /** The address of the file pages of this sandbox. */
  page: string;
  path: string;
}

export interface Entry {
  name: string;
  is_dir: boolean;
  /** In bytes. */
  size: number;
  /** Unix seconds. */
  mtime: number;
}

const LONG_MS = 15 * 60_000;
const at = ({ sandboxId, path }: FilePlace, route: string) =>
  sandboxPath(sandboxId, `/${route}?${new URLSearchParams({ path })}`);

/** What is in a folder, folders first. */
export async function listFolder(place: FilePlace): Promise<Entry[]> {
  const { entries } = await sandboxApi<{ entries: Entry[] | null }>(place.orgId, { method: 'GET', path: at(place, 'fs/dir') });
  return (entries ?? []).toSorted((a, b) => Number(b.is_dir) - Number(a.is_dir) || a.name.localeCompare(b.name));
}

export function statFile(place: FilePlace): Promise<Entry> {
  return sandboxApi<Entry>(place.orgId, { method: 'GET', path: at(place, 'fs/stat') });
}

export function readFile(place: FilePlace): Promise<Response> {
  return sandboxRequest(place.orgId, at(place, 'fs'), { signal: AbortSignal.timeout(LONG_MS) });
}

export async function writeFile(place: FilePlace, file: Blob): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  const init = { method: 'PUT', headers, body: file, signal: AbortSignal.timeout(LONG_MS) };
  await readAnswer(await sandboxRequest(place.orgId, at(place, 'fs'), init));
}

/** With all that is in it, where it is a folder. */
export function deleteFile(place: FilePlace): Promise<void> {
  return sandboxApi<void>(place.orgId, { method: 'DELETE', path: at(place, 'fs') });
}

/** Hands a file to the browser's downloads: a plain link could not carry the access token. */
export async function downloadFile(place: FilePlace): Promise<void> {
  const blob = await (await readFile(place)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  link.download = nameOf(place.path);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
