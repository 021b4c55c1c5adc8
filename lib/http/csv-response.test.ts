import { expect, test, vi } from 'vitest';
import { csvResponse, wantsCsv } from './csv-response';

test('a piece is read only when the one before it was taken', async () => {
  const read: number[] = [];
  async function* pieces() {
    for (let n = 0; n < 100; n++) {
      read.push(n);
      yield `${n}\r\n`;
    }
  }
  const reader = (await csvResponse(pieces(), 'log.csv')).body?.getReader();
  expect(read).toEqual([0]);
  for (let n = 0; n < 3; n++) await reader?.read();
  await vi.waitUntil(() => read.length >= 4);
  expect(read.length).toBeLessThanOrEqual(5);
  await reader?.cancel();
});

test('who stops taking ends the reading', async () => {
  const ended = vi.fn();
  async function* pieces() {
    try {
      for (;;) yield 'line\r\n';
    } finally {
      ended();
    }
  }
  await (await csvResponse(pieces(), 'log.csv')).body?.cancel();
  expect(ended).toHaveBeenCalledOnce();
});

test('what fails half-way never ends as if it were whole; what fails at once is refused like any request', async () => {
  async function* broken(whole: number) {
    for (let n = 0; n < whole; n++) yield 'line\r\n';
    throw new Error('ClickHouse went away');
  }
  await expect((await csvResponse(broken(3), 'log.csv')).text()).rejects.toThrow('went away');
  await expect(csvResponse(broken(0), 'log.csv')).rejects.toThrow('went away');
});

test('CSV is given to those who ask for it', () => {
  const asking = (accept: string) => wantsCsv(new Request('http://x', { headers: { accept } }));
  expect(['text/csv', 'TEXT/CSV; charset=utf-8', 'application/json, text/csv'].map(asking)).toEqual([true, true, true]);
  expect(['*/*', 'application/json', 'text/csvx-not', 'text/html'].map(asking)).toEqual([false, false, false, false]);
});
