import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import process from 'node:process';

/** What the API router serves; every other route.ts (sign-in callbacks, which speak Next) is left to Next. */
const ROOTS = ['v1', 'healthz', 'readyz', 'version', 'metrics'];
const root = join(import.meta.dirname, '..');
const target = join(root, 'server', 'api-routes.generated.ts');

/** The router's table as TypeScript, made from the file tree below app/. */
export function apiRoutesSource(projectRoot = root): string {
  const folders = ROOTS.flatMap((name) => globSync(`${name}/**/route.ts`, { cwd: join(projectRoot, 'app') }))
    .map((file) => file.split(sep).slice(0, -1))
    .sort(bySpecificity);
  const imports = folders.map((folder, i) => `import * as route${i} from '@/app/${folder.join('/')}/route';`);
  const rows = folders.map((folder, i) => `  { pattern: '${pattern(folder)}', handlers: route${i} },`);
  return [
    '// Made by dev/generate-routes.ts from the route.ts files below app/, the most specific first. Not edited by hand.',
    ...imports,
    "import type { ApiRoute } from './dispatch-route';",
    '',
    'export const API_ROUTES: ApiRoute[] = [',
    ...rows,
    '];',
    '',
  ].join('\n');
}

/** `orgs/[org]` → `/orgs/:org`; `[...rest]` → `:rest{.+}`, which takes all that is left of the path. */
function pattern(folder: string[]): string {
  const segments = folder.map((segment) => {
    if (segment.startsWith('[...')) return `:${segment.slice(4, -1)}{.+}`;
    return segment.startsWith('[') ? `:${segment.slice(1, -1)}` : segment;
  });
  return `/${segments.join('/')}`;
}

// Next prefers a literal segment to a parameter and a parameter to a catch-all, at the first segment that differs.
function bySpecificity(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i] ?? '', b[i] ?? ''];
    const difference = rank(left) - rank(right) || (left < right ? -1 : Number(left > right));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function rank(segment: string): number {
  if (segment.startsWith('[...')) return 2;
  return segment.startsWith('[') ? 1 : 0;
}

/** Brings server/api-routes.generated.ts up to date; leaves an equal file untouched. */
export function writeApiRoutes(): void {
  const source = apiRoutesSource();
  if (readIfThere() !== source) writeFileSync(target, source);
}

function readIfThere(): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) writeApiRoutes();
