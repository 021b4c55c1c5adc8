import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, TEST_SECRET, type TestProject } from '@/e2e/support/test-project';
import { startTracing } from '@/lib/tracing/start-tracing';
import { createApiApp } from './api-app';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
const app = createApiApp('http://localhost:3000');
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  configured({});
  owner = await newOwner(project);
});

function configured(overrides: Record<string, string>): void {
  const { url, anonKey } = project;
  setConfig({ SUPABASE_URL: url, SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: TEST_SECRET, ...overrides });
}

/** What leaves for the collector while the work is done. */
async function spansOf(work: () => Promise<unknown>, overrides: Record<string, string> = {}): Promise<ReadableSpan[]> {
  configured({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', ...overrides });
  const kept: ReadableSpan[] = [];
  const stop = startTracing('1.2.3', {
    export: (spans, done) => {
      kept.push(...spans);
      done({ code: 0 });
    },
    shutdown: async () => {},
  });
  try {
    await work();
  } finally {
    await stop();
  }
  return kept;
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await app.request(`http://localhost${path}`, {
    headers: { authorization: `Bearer ${owner.token}`, ...headers },
  });
  await response.text();
  return response;
}

test('a request is one trace: its span, the check of its credential below it, and each query with its text alone', async () => {
  const spans = await spansOf(() => get(`/v1/orgs/${owner.org.slug}/members`));
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const parentOf = (span: ReadableSpan) => byId.get(span.parentSpanContext?.spanId ?? '')?.name;
  const request = spans.find(({ name }) => name === 'GET /v1/orgs/{org}/members');
  expect(request?.attributes).toMatchObject({ 'http.route': '/v1/orgs/{org}/members', 'http.response.status_code': 200 });
  expect(request?.resource.attributes).toMatchObject({ 'service.name': 'pandastack', 'service.version': '1.2.3' });
  expect(spans.filter(({ name }) => name === 'verify').map(parentOf)).toEqual(['GET /v1/orgs/{org}/members']);
  const queries = spans.filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
  expect(queries.length).toBeGreaterThan(0);
  for (const query of queries) {
    expect(query.attributes['db.query.text']).toContain('$1');
    expect(parentOf(query)).toBeDefined();
  }
  expect(JSON.stringify(spans.map(({ name, attributes }) => ({ name, attributes })))).not.toContain(owner.userId);
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
});

test('a refusal names its code and is no fault of the server', async () => {
  const spans = await spansOf(() => get('/v1/me', { authorization: `Bearer ${owner.token.slice(0, -4)}AAAA` }));
  const verify = spans.find(({ name }) => name === 'verify');
  expect(verify?.attributes['pandastack.refusal']).toBe('invalid_signature');
  expect(verify?.status.code).toBe(0);
});

test('secrets in an address never leave for the collector, and a path of ours is named by its pattern', async () => {
  const secret = 'a'.repeat(43);
  const spans = await spansOf(async () => {
    await get(`/v1/invites/${secret}`);
    // As Next names a page it has answered.
    trace
      .getTracer('next.js')
      .startSpan(`GET /invite/${secret}`, { attributes: { 'http.target': `/invite/${secret}?code=${secret}` } })
      .end();
  });
  expect(spans.map(({ name }) => name)).toContain('GET /v1/invites/{token}');
  expect(JSON.stringify(spans.map(({ name, attributes }) => ({ name, attributes })))).not.toContain(secret);
});

test('a stranger cannot choose the trace of a request; a trusted proxy can', async () => {
  const [stranger] = await spansOf(() => get('/v1/openapi.json', { traceparent: TRACEPARENT }));
  expect(stranger?.spanContext().traceId).not.toBe(TRACEPARENT.split('-')[1]);
  const [proxied] = await spansOf(() => get('/v1/openapi.json', { traceparent: TRACEPARENT }), {
    PANDASTACK_TRUSTED_PROXIES: '1',
  });
  expect(proxied?.spanContext().traceId).toBe(TRACEPARENT.split('-')[1]);
});

test('spans reach a collector as OTLP over HTTP; without a collector there are none, and requests are answered all the same', async () => {
  const bodies: { url: string | undefined; text: string }[] = [];
  const collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push({ url: request.url, text: Buffer.concat(chunks).toString('latin1') });
    response.end();
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  configured({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/` });
  const stop = startTracing('1.2.3');
  expect((await get('/v1/me')).status).toBe(200);
  await stop();
  collector.close();
  expect(bodies.map(({ url }) => url)).toEqual(['/v1/traces']);
  expect(bodies[0]?.text).toContain('GET /v1/me');
  configured({});
  const stopNothing = startTracing('1.2.3');
  expect((await get('/v1/me')).status).toBe(200);
  expect(trace.getTracerProvider().getTracer('x').startSpan('x').isRecording()).toBe(false);
  await stopNothing();
});
