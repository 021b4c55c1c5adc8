import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closeClickhouse, openClickhouseAt } from './clickhouse';
import { selectRows } from './select-rows';

const held: ServerResponse[] = [];
const asked: URL[] = [];
const sent: string[] = [];
const http = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://fake');
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  if (!url.searchParams.has('param_n')) {
    response.end();
    return;
  }
  asked.push(url);
  request.on('end', () => {
    sent.push(text);
    held.push(response);
  });
});

beforeEach(async () => {
  await once(http.listen(0, '127.0.0.1'), 'listening');
  await openClickhouseAt({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});
afterEach(async () => {
  await closeClickhouse();
  http.close();
});

test('many readers at once take turns, and each gets its own answer', async () => {
  const answers = Promise.all([1, 2, 3, 4, 5].map((n) => selectRows('SELECT {n:UInt8} AS n', { n }, 1)));
  for (let answered = 0; answered < 5; answered++) {
    await vi.waitUntil(() => held.length > 0);
    expect(held.length).toBeLessThanOrEqual(2);
    held.shift()?.end(`{"n":${asked[answered]?.searchParams.get('param_n')}}\n`);
  }
  expect(await answers).toEqual([1, 2, 3, 4, 5].map((n) => [{ n }]));
});

test('N18 N12 every question reads only, for 5 seconds at most, so many rows at most, its values apart from its text', async () => {
  const answer = selectRows('SELECT {n:UInt8} AS n, {text:String}', { n: 7, text: "' OR 1=1 --" }, 51);
  await vi.waitUntil(() => held.length > 0);
  held.shift()?.end('{"n":7}\n');
  expect(await answer).toEqual([{ n: 7 }]);
  expect(sent.at(-1)).toContain('SETTINGS readonly = 1, max_execution_time = 5, max_result_rows = 51');
  expect(sent.at(-1)).not.toContain('OR 1=1');
  expect(asked.at(-1)?.searchParams.get('param_text')).toBe("\\' OR 1=1 --"); // As the client escapes it.
});

test('a query that fails frees its turn and is told as an outage', async () => {
  for (let round = 0; round < 3; round++) {
    const answer = selectRows('SELECT {n:UInt8}', { n: 1 }, 1);
    await vi.waitUntil(() => held.length > 0);
    held.shift()?.writeHead(500).end('Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)');
    await expect(answer).rejects.toMatchObject({ code: 'dependency_unavailable' });
  }
});
