import { expect, test } from 'vitest';
import { keepNewest, lineIn, MOST_LINES } from './log-lines';

test('a line is told without its end, its colours and its bells', () => {
  expect(lineIn(JSON.stringify({ line: '\u001b[31mred\u001b[0m\u0007 text\r\n' }))).toBe('red text');
  expect(lineIn('no JSON\tbut text')).toBe('no JSON\tbut text');
  expect(lineIn('x'.repeat(10_000))).toHaveLength(4_000);
});

test('however many lines come, the newest are kept and no more than a page can bear', () => {
  let lines: number[] = [];
  for (let line = 0; line < 10_000; line++) {
    lines = keepNewest(lines, line);
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES * 1.25);
  }
  expect(lines.at(-1)).toBe(9_999);
  expect(lines.length).toBeGreaterThanOrEqual(MOST_LINES);
});
