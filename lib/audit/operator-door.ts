import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { json } from 'node:stream/consumers';
import { examineProcess } from '@/lib/doctor/check-process';
import type { Finding } from '@/lib/doctor/finding';
import { asDomainError, DomainError } from '@/lib/errors';
import { type FoundRequest, findRequest } from '@/lib/requests/find-request';
import { isUuid } from './no-org';
import { type PresentedChainReport, presentChainReport } from './present-chain-report';
import { verifyChain } from './verify-chain';

// chDB lets one process in and some things only a serving process knows, so commands ask the one that is running: over a socket in its data folder, which only its own user (and
// root) may open. Whoever can open it could read the folder itself; no port and no secret is needed.

/** The longest path a unix socket may have, with room for every system. */
const LONGEST_PATH = 100;

/** Opens the door of a data folder until the returned function is called. Throws when the folder cannot hold a socket. */
export async function openOperatorDoor(dataDir: string): Promise<() => void> {
  const path = doorPath(dataDir);
  rmSync(path, { force: true });
  const server = createServer((asked, response) => {
    void answer(new URL(asked.url ?? '/', 'http://door'), response);
  });
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  } finally {
    process.umask(mask);
  }
  chmodSync(path, 0o600);
  server.unref();
  return () => void server.close();
}

/** Has the process that runs on a data folder verify a chain; undefined when none is running. Throws what it answers. */
export function verifyThroughDoor(dataDir: string, orgId: string): Promise<PresentedChainReport | undefined> {
  return ask(dataDir, `/audit/verify?${new URLSearchParams({ org: orgId })}`);
}

/** findRequest() of the process that runs on a data folder; undefined when none is running. Throws what it answers. */
export function findRequestThroughDoor(dataDir: string, requestId: string): Promise<FoundRequest | undefined> {
  return ask(dataDir, `/requests?${new URLSearchParams({ id: requestId })}`);
}

/** examineProcess() of the process that runs on a data folder; undefined when none is running. Throws what it answers. */
export function examineThroughDoor(dataDir: string): Promise<Finding[] | undefined> {
  return ask(dataDir, '/doctor');
}

async function ask<Answer>(dataDir: string, path: string): Promise<Answer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer | undefined>();
  const asking = request({ agent: false, socketPath: doorPath(dataDir), path }, (response) => {
    json(response).then((body) => (response.statusCode === 200 ? resolve(body as Answer) : reject(refusal(body))), reject);
  });
  asking.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
    else reject(error);
  });
  asking.end();
  return promise;
}

/** What is answered at which path. */
const ANSWERS: Record<string, (query: URLSearchParams) => Promise<unknown>> = {
  '/audit/verify': async (query) => {
    const orgId = query.get('org') ?? '';
    if (!isUuid(orgId)) throw new DomainError('validation_failed', 'org must be an id');
    return presentChainReport(await verifyChain(orgId));
  },
  '/doctor': examineProcess,
  '/requests': (query) => findRequest(query.get('id') ?? ''),
};

async function answer({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
  const tell = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    const found = await ANSWERS[pathname]?.(searchParams);
    tell(found === undefined ? 404 : 200, found ?? { error: 'The running server is of another version and cannot tell this' });
  } catch (thrown) {
    const { status, message, hint } = asDomainError(thrown);
    tell(status, { error: message, hint });
  }
}

function refusal(body: unknown): DomainError {
  const { error, hint } = body as { error?: string; hint?: string };
  const details = hint === undefined ? {} : { hint };
  return new DomainError('dependency_unavailable', error ?? 'The running server could not answer', details);
}

function doorPath(dataDir: string): string {
  const path = join(dataDir, 'operator.sock');
  if (path.length <= LONGEST_PATH) return path;
  return join(tmpdir(), `pandastack-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`);
}
