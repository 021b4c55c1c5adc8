import process from 'node:process';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { confirm } from './confirm';

/** A terminal at which somebody types this; what they were asked is in `asked`. */
function terminal(typed: string, isTTY = true): { asked: () => string } {
  const keyboard = Object.assign(new PassThrough(), { isTTY });
  keyboard.end(typed);
  const screen = new PassThrough();
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(keyboard as unknown as typeof process.stdin);
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(screen as unknown as typeof process.stderr);
  onTestFinished(() => void vi.restoreAllMocks());
  return { asked: () => String(screen.read() ?? '') };
}

test.each([
  ['y\n', true],
  ['YES\r\n', true],
  [' y \n', true],
  ['n\n', false],
  ['\n', false],
  ['yess\n', false],
  ['yes, but\n', false],
])('a person at the terminal is asked, and %j means %s', async (typed, expected) => {
  const { asked } = terminal(typed);
  expect(await confirm('Everything will be replaced. Go on?', false)).toBe(expected);
  expect(asked()).toContain('Everything will be replaced. Go on? [y/N] ');
});

test('a terminal that is closed instead of answered means no', async () => {
  terminal('');
  expect(await confirm('Go on?', false)).toBe(false);
});

test('with --yes nobody is asked, and where nobody can be asked nothing happens', async () => {
  const { asked } = terminal('n\n', false);
  expect(await confirm('Go on?', true)).toBe(true);
  await expect(confirm('Go on?', false)).rejects.toMatchObject({
    code: 'validation_failed',
    hint: expect.stringContaining('--yes'),
  });
  expect(asked()).toBe('');
});
