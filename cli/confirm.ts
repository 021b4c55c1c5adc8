import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { DomainError } from '@/lib/errors';

/** Asks the person at the terminal; true for yes. Throws validation_failed where nobody can be asked and --yes was not given. */
export async function confirm(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new DomainError('validation_failed', 'Nobody can be asked here, and nothing was changed', {
      hint: 'Add --yes to go on without a question.',
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // A terminal that is closed (Ctrl-D) answers nothing, and the question would stay open for ever.
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
