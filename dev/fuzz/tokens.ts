import { randomInt } from 'node:crypto';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { compareVerifiers } from './compare-verifiers';

// `npm run fuzz:tokens -- --count 1000000 --seed 7`: the long form of the test beside this file.
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const count = Number(values.count ?? 1_000_000);

console.log(`seed ${seed}, ${count} tokens`);
const startedAt = performance.now();
const { accepted, refusals, disagreements } = await compareVerifiers({ seed, count });
console.log(`${accepted} accepted, refused:`, refusals, `in ${Math.round((performance.now() - startedAt) / 1000)} s`);
for (const one of disagreements.slice(0, 20)) console.error(one);
console.log(`${disagreements.length} disagreements`);
process.exitCode = disagreements.length === 0 ? 0 : 1;
