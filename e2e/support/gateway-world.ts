import { type AddressInfo, connect } from 'node:net';
import { closeDatabase, openDatabaseAt } from '@/db/postgres';
import { forgetAgents } from '@/lib/gateway/list-agents';
import { createApiApp } from '@/server/api-app';
import { closeAgentPool } from '@/server/gateway/agent-client';
import { createGateway } from '@/server/gateway/gateway';
import { createHttpServer } from '@/server/http-server';
import { migratedDatabase } from './test-database';
import { newOwner, type Person } from './test-people';
import { startTestProject, type TestProject } from './test-project';

export const DASHBOARD = 'http://localhost:3000';
export type Owner = Person & { org: { id: string; slug: string }; apiToken: string };

export interface GatewayWorld {
  url: string;
  port: number;
  project: TestProject;
  databaseUrl: string;
  /** Somebody with an org and an API token of it. */
  owner(): Promise<Owner>;
  /** A request as anybody may send it, in the name of whoever holds the credential. */
  send(credential: string, path: string, init?: RequestInit): Promise<Response>;
  /** Bytes over the wire, and all that comes back until the connection ends. */
  sendRaw(lines: string[], body?: string): Promise<string>;
  close(): Promise<void>;
}

/** The whole server with its gateway on loopback, over a database of its own: agents are what a test enlists in it. */
export async function startGatewayWorld(variables: Record<string, string> = {}): Promise<GatewayWorld> {
  const { url: databaseUrl, drop } = await migratedDatabase();
  await openDatabaseAt(databaseUrl);
  const project = await startTestProject(variables);
  const server = createHttpServer({
    api: createApiApp(DASHBOARD),
    pages: async (_request, response) => void response.writeHead(200, { 'x-router': 'pages' }).end(),
    gateway: createGateway(DASHBOARD),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  forgetAgents();
  return {
    ...{ url, port, project, databaseUrl },
    async owner() {
      const owner = await newOwner(project);
      const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'sdk' });
      return { ...owner, apiToken: body.token };
    },
    send: (credential, path, init = {}) =>
      fetch(url + path, { redirect: 'manual', ...init, headers: { authorization: `Bearer ${credential}`, ...init.headers } }),
    sendRaw: (lines, body = '') =>
      new Promise((resolve, reject) => {
        let answer = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(`${[...lines, '', ''].join('\r\n')}${body}`));
        socket.on('data', (chunk) => {
          answer += chunk;
        });
        socket.on('close', () => resolve(answer)).on('error', reject);
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await closeAgentPool();
      project.close();
      await closeDatabase();
      await drop();
    },
  };
}
