import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apiRoutesSource } from '@/dev/generate-routes';

it('the committed table of API routes is the one the file tree gives', () => {
  const committed = readFileSync(join(import.meta.dirname, 'api-routes.generated.ts'), 'utf8');
  expect(committed, 'run: npx tsx dev/generate-routes.ts').toBe(apiRoutesSource());
});

it('a literal segment comes before a parameter, and a catch-all comes last', () => {
  const project = mkdtempSync(join(tmpdir(), 'routes-'));
  for (const folder of [
    'v1/[...rest]',
    'v1/orgs/[org]/members',
    'v1/orgs/[org]',
    'v1/orgs/invites/[token]',
    'v1/orgs',
    'auth/callback',
  ]) {
    mkdirSync(join(project, 'app', folder), { recursive: true });
    writeFileSync(join(project, 'app', folder, 'route.ts'), '');
  }
  const patterns = [...apiRoutesSource(project).matchAll(/pattern: '([^']+)'/g)].map(([, pattern]) => pattern);
  rmSync(project, { recursive: true });
  expect(patterns).toEqual(['/v1/orgs', '/v1/orgs/invites/:token', '/v1/orgs/:org', '/v1/orgs/:org/members', '/v1/:rest{.+}']);
});
