import process from 'node:process';
import { Command } from 'commander';
import type { Finding } from '@/lib/doctor/finding';
import { runDoctor } from '@/lib/doctor/run-doctor';

const EXIT_CONFIG = 78;
const EXIT_WARNINGS = 2;
const MARKS = { ok: '✓', warn: '!', fail: '✗', skipped: '·' } as const;

/** `pandastack doctor`: what is wrong with this installation, and what to do. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Examines this installation and says what to do. Changes nothing, mails nobody, prints no secret.')
    .option('--json', 'one JSON object')
    .option('--strict', 'warnings count')
    .addHelpText(
      'after',
      '\nEnds with 0 when nothing fails, 1 when something does, 2 when there are only warnings and --strict is given,\nand 78 when the service would refuse to start with this configuration.',
    )
    .action(examine);
}

async function examine({ json = false, strict = false }: { json?: boolean; strict?: boolean }): Promise<void> {
  const { usable, findings } = await runDoctor(process.env);
  console.log(json ? JSON.stringify({ usable, findings }, null, 2) : findings.map(inWords).join('\n'));
  const has = (status: Finding['status']) => findings.some((finding) => finding.status === status);
  if (!usable) process.exitCode = EXIT_CONFIG;
  else if (has('fail')) process.exitCode = 1;
  else if (strict && has('warn')) process.exitCode = EXIT_WARNINGS;
}

function inWords({ id, status, seen, expected, fix, command, symptom }: Finding): string {
  const first = `${MARKS[status]} ${id.padEnd(28)} ${seen}`;
  if (!fix) return first;
  const more = [`expected: ${expected}`, `→ ${fix}`, command, symptom && `see "${symptom}"`];
  return [first, ...more.filter(Boolean).map((text) => `      ${text}`)].join('\n');
}
