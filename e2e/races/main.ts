import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';

// `npm run test:races -- --rounds 200 --seed 7 [--steps 10000] [--minutes 10] [file …]`: the long form of the tests in this folder.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '200' },
    steps: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
  },
});

const { status } = spawnSync('vitest', ['run', '--config', 'e2e/races/vitest.races.config.ts', ...positionals], {
  stdio: 'inherit',
  env: {
    ...process.env,
    RACES_ROUNDS: values.rounds,
    RACES_STEPS: values.steps,
    RACES_MINUTES: values.minutes,
    ...(values.seed === undefined ? {} : { RACES_SEED: values.seed }),
  },
});
process.exitCode = status ?? 1;
