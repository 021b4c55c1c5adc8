import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Counts, playwrightCounts, vitestCounts } from './test-reports';

/** One step of `npm test`: a command, and how to read from its report how many checks it made. */
interface Step {
  title: string;
  command: string;
  args: string[];
  counts?: () => Counts;
}

// Absolute: a runner with a root of its own would put a relative one below that.
const reports = resolve('test-results');
const unitReport = join(reports, 'unit.json');
const contractReport = join(reports, 'contract.json');
const racesReport = join(reports, 'races.json');
const artefactReport = join(reports, 'artefact.json');
const faultsReport = join(reports, 'faults.json');
const browserReport = join(reports, 'browser.json');
/** dependency-cruiser is green when it finds no modules at all (it did, under TypeScript 7). */
const FEWEST_MODULES = 200;

const steps: Step[] = [
  { title: 'types', command: 'tsc', args: ['--noEmit', '-p', '.'] },
  { title: 'lint and format', command: 'biome', args: ['ci', '.'] },
  {
    title: 'import rules',
    command: 'depcruise',
    args: [
      '--output-type',
      'err-long',
      'app',
      'lib',
      'cli',
      'db',
      'server',
      'dev',
      'e2e',
      'messages',
      'proxy.ts',
      'server.ts',
      'instrumentation.ts',
    ],
  },
  { title: 'no secrets in the repository', command: 'secretlint', args: ['--maskSecrets', '**/*'] },
  { title: 'unused code', command: 'knip', args: [] },
  {
    title: 'unit and integration tests',
    command: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    counts: () => vitestCounts(unitReport),
  },
  {
    title: 'races between two processes',
    command: 'vitest',
    args: [
      'run',
      '--config',
      'e2e/races/vitest.races.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${racesReport}`,
    ],
    counts: () => vitestCounts(racesReport),
  },
  {
    title: 'faults of processes and of what they depend on',
    command: 'vitest',
    args: [
      'run',
      '--config',
      'e2e/faults/vitest.faults.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${faultsReport}`,
    ],
    counts: () => vitestCounts(faultsReport),
  },
  {
    title: 'contract of the development auth server',
    command: 'vitest',
    args: [
      'run',
      '--config',
      'e2e/contract/vitest.contract.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${contractReport}`,
    ],
    counts: () => vitestCounts(contractReport),
  },
  { title: 'production build', command: 'tsx', args: ['dev/build.ts'] },
  {
    title: 'what ships',
    command: 'vitest',
    args: [
      'run',
      '--config',
      'e2e/artefact/vitest.artefact.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${artefactReport}`,
    ],
    counts: () => vitestCounts(artefactReport),
  },
  { title: 'browser tests', command: 'playwright', args: ['test'], counts: () => playwrightCounts(browserReport) },
];

async function main(): Promise<void> {
  rmSync(reports, { recursive: true, force: true });
  const total: Counts = { passed: 0, failed: 0 };
  const failures: string[] = [];
  const everyCause: string[] = [];
  for (const step of steps) {
    const { passed, failed, causes = [] } = await runStep(step);
    everyCause.push(...causes);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failures.push(step.title);
  }
  for (const cause of everyCause) console.log(`\n✘ ${cause}`);
  if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

/** Every step runs, whatever failed before it: one run tells everything. */
async function runStep({ title, command, args, counts }: Step): Promise<Counts> {
  const startedAt = performance.now();
  console.log(`\n── ${title}`);
  const { code, output } = await run(command, args);
  console.log(`── ${title}: ${code === 0 ? 'ok' : 'FAILED'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (title === 'import rules' && modulesIn(output) < FEWEST_MODULES) {
    console.log(`only ${modulesIn(output)} modules were looked at`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed, causes } = counts ? readCounts(counts) : { passed: code === 0 ? 1 : 0, failed: 0 };
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), causes };
}

function run(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PLAYWRIGHT_REPORT: browserReport },
    });
    let output = '';
    const show = (chunk: Buffer) => {
      output = (output + chunk).slice(-200_000);
      process.stdout.write(chunk);
    };
    child.stdout.on('data', show);
    child.stderr.on('data', show);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function modulesIn(output: string): number {
  return Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
}

/** A report that was not written counts as one failure. */
function readCounts(counts: () => Counts): Counts {
  try {
    return counts();
  } catch (error) {
    console.log(`the report cannot be read: ${error}`);
    return { passed: 0, failed: 1 };
  }
}

await main();
