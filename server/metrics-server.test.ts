import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs } from '@/e2e/support/test-people';
import { setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { listen } from './listen';
import { createMetricsServer } from './metrics-server';

const TOKEN = 'a-token-for-the-scraper';
const HERE = { hostname: '127.0.0.1', port: 0 };
const LISTEN = { PANDASTACK_METRICS_LISTEN: '127.0.0.1:9464' };

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

function configure(settings: Record<string, string>): void {
  setConfig({ SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret, ...settings });
}

/** Its base address. */
async function serving(settings: Record<string, string>): Promise<string> {
  configure(settings);
  const server = createMetricsServer();
  await listen(server, HERE, 'PANDASTACK_METRICS_LISTEN');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('PANDASTACK_METRICS_LISTEN', () => {
  test('tells the metrics to whoever reaches that address, and counts requests for it', async () => {
    const url = await serving(LISTEN);
    await callAs(null)('GET', '/v1/me');
    const answer = await fetch(`${url}/metrics`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain; version=')]);
    expect(await answer.text()).toContain('pandastack_http_request_duration_seconds_count{route="/v1/me",status="401"}');
  });

  test('takes them away from beside the API, also from the holder of a token', async () => {
    configure({ ...LISTEN, PANDASTACK_METRICS_TOKEN: TOKEN });
    expect((await callAs(TOKEN)('GET', '/metrics')).status).toBe(404);
    configure({ PANDASTACK_METRICS_TOKEN: TOKEN });
    expect((await callAs(TOKEN)('GET', '/metrics')).status).toBe(200);
  });

  test('asks for the token there too, where there is one', async () => {
    const url = await serving({ ...LISTEN, PANDASTACK_METRICS_TOKEN: TOKEN });
    const as = (authorization?: string) => fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} });
    const statuses = [as(), as('Bearer wrong'), as(TOKEN), as(`Bearer ${TOKEN}`)].map(async (answer) => (await answer).status);
    expect(await Promise.all(statuses)).toEqual([401, 401, 401, 200]);
  });

  test('knows nothing else: no API, no probes, no other method, no other spelling', async () => {
    const url = await serving(LISTEN);
    for (const path of ['/', '/v1/me', '/healthz', '/metrics/', '/Metrics', '/metrics/../v1/me', '//metrics']) {
      expect(await statusOf(url, path)).toBe(404);
    }
    expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(`${url}/metrics?name[]=up`)).status).toBe(200);
  });

  test('names itself when its address is taken', async () => {
    const { port } = new URL(await serving(LISTEN));
    const taken = listen(createMetricsServer(), { ...HERE, port: Number(port) }, 'PANDASTACK_METRICS_LISTEN');
    await expect(taken).rejects.toThrow(`PANDASTACK_METRICS_LISTEN: ${port} is taken by another program`);
    const elsewhere = listen(createMetricsServer(), { hostname: '192.0.2.1', port: 0 }, 'PANDASTACK_METRICS_LISTEN');
    await expect(elsewhere).rejects.toThrow('PANDASTACK_METRICS_LISTEN: 192.0.2.1 is no address of this machine');
  });
});

/** Without what fetch() makes of a path. */
function statusOf(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
  });
}
