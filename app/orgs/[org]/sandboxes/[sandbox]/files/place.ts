const LONGEST = 4_096;

/** The absolute path that an address names, without what leads nowhere; '/' for anything else. */
export function readPath(value: string | string[] | undefined): string {
  const asked = [value].flat()[0] ?? '/';
  if (!asked.startsWith('/') || asked.length > LONGEST) return '/';
  const parts: string[] = [];
  for (const part of asked.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** A path below another. */
export function below(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The folders that lead to a path, from the root on, itself included. */
export function crumbsOf(path: string): { name: string; path: string }[] {
  const parts = path.split('/').filter((part) => part !== '');
  return [{ name: '/', path: '/' }, ...parts.map((name, index) => ({ name, path: `/${parts.slice(0, index + 1).join('/')}` }))];
}

/** The query of the page that shows a folder, or a file. */
export function placeSearch(path: string, isFile = false): string {
  if (path === '/') return '';
  return `?${new URLSearchParams({ [isFile ? 'file' : 'path']: path })}`;
}

/** The folder that holds a path. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** As text, or null for what is none. */
export function readText(bytes: Uint8Array): string | null {
  if (bytes.subarray(0, 8_192).includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
