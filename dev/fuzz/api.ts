import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import process from 'node:process';
import { parseArgs } from 'node:util';

// `npm run fuzz:api -- --count 10000 --seed 7`: the long form of lib/openapi/fuzz.test.ts. `--only "GET /v1/me"` for one operation.
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } } });
const env = {
  ...process.env,
  FUZZ_COUNT: values.count ?? '10000',
  FUZZ_SEED: values.seed ?? String(randomInt(2 ** 31)),
};
const only = values.only === undefined ? [] : ['--testNamePattern', values.only.replace(/[{}/]/g, '\\$&')];
const { status } = spawnSync('vitest', ['run', 'lib/openapi/fuzz.test.ts', '--reporter=verbose', ...only], {
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
