import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { endpoint } from '@/lib/http/endpoint';
import { createApiApp } from './api-app';

let project: TestProject;
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

it('P13 a handler that throws is answered 500 with its request id and nothing of its cause, and the next request is served', async () => {
  const broken = endpoint(async () => {
    throw new Error('at postgres://secret');
  });
  const whole = endpoint(async () => ({ status: 200, body: { whole: true } }));
  const app = createApiApp('http://localhost:3000', [
    { pattern: '/v1/broken', handlers: { GET: broken } },
    { pattern: '/v1/whole', handlers: { GET: whole } },
  ]);
  const answer = await app.request('http://localhost:3000/v1/broken');
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({ code: 'internal_error', request_id: answer.headers.get('x-request-id') });
  expect(text).not.toContain('secret');
  expect((await app.request('http://localhost:3000/v1/whole')).status).toBe(200);
});
