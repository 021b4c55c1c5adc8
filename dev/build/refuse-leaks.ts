import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ConfigError, type Environment } from '@/lib/config';
import { holdsServiceKey, publicSecrets, SECRET_VARIABLES, secretValues } from '@/lib/config-public';
import { VARIABLES } from '@/lib/config-variables';

/** What a build may hold of its environment: nothing. Packages of others are copied, not made here. */
const MADE_HERE = ['.next/static/**', '.next/server/**', '.next/*.json', 'public/**', '*.{js,mjs,json}'];

/**
 * An environment in which every variable of the product has a value that is found wherever it went. A build is made with it, so
 * that each build proves that it took nothing along: neither secrets, nor what would tie it to one project or domain.
 */
export function sentinelEnvironment(): Record<string, string> {
  const traced = [...new Set<string>([...VARIABLES, ...SECRET_VARIABLES])].filter(
    (name) => name !== 'PORT' && name !== 'HOSTNAME',
  );
  return Object.fromEntries(traced.map((name) => [name, sentinel(name)]));
}

function sentinel(name: string): string {
  return `sentinel-of-${name.toLowerCase().replaceAll('_', '-')}`;
}

/** Stops a build whose environment would hand a secret to browsers. Throws ConfigError. */
export function refusePublicSecrets(env: Environment = process.env): void {
  const problems = publicSecrets(env);
  if (problems.length > 0) throw new ConfigError(problems);
}

/** Every place in a built product where a value of the environment it was built in, or a key to a whole project, lies. */
export function findLeaks(product: string, env: Environment = process.env): string[] {
  const wanted = [...Object.entries(sentinelEnvironment()), ...secretValues(env)];
  return globSync(MADE_HERE, { cwd: product, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .flatMap((file) => leaksIn(readFileSync(file, 'utf8'), wanted).map((what) => `${file}: ${what}`))
    .toSorted();
}

function leaksIn(text: string, wanted: [string, string][]): string[] {
  const found = wanted.filter(([, value]) => text.includes(value)).map(([variable]) => `the value of ${variable}`);
  return holdsServiceKey(text) ? [...found, 'a key with all rights on a project'] : found;
}
