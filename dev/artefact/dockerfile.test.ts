import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RECIPE } from './recipe';

const root = join(import.meta.dirname, '..', '..');

interface Stage {
  from: string;
  name: string;
  steps: { word: string; rest: string }[];
}

/** The stages of the Dockerfile, its continued lines joined. */
function stages(): Stage[] {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const steps = lines
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ word: line.slice(0, line.indexOf(' ')), rest: line.slice(line.indexOf(' ') + 1).trim() }));
  const found: Stage[] = [];
  for (const step of steps) {
    const [, from, name] = /^(\S+) AS (\S+)$/.exec(step.rest) ?? [];
    if (step.word === 'FROM') found.push({ from: from ?? '', name: name ?? '', steps: [] });
    else found.at(-1)?.steps.push(step);
  }
  return found;
}

const STAGES = stages();
const stage = (name: string): Stage => STAGES.find((one) => one.name === name) ?? { from: '', name, steps: [] };
const steps = (name: string, word: string): string[] =>
  stage(name)
    .steps.filter((step) => step.word === word)
    .map(({ rest }) => rest);

describe('P16 the image is what the artefact suite runs', () => {
  test('the same environment, command, signal and health check', () => {
    const environment = Object.fromEntries(
      steps('base', 'ENV').flatMap((text) => text.split(' ').map((pair) => pair.split('='))),
    );
    expect(environment).toEqual(RECIPE.environment);
    expect(steps('base', 'CMD').map((text) => JSON.parse(text))).toEqual([RECIPE.command]);
    expect(steps('base', 'STOPSIGNAL')).toEqual([RECIPE.stopSignal]);
    const [healthcheck = ''] = steps('base', 'HEALTHCHECK');
    expect(JSON.parse(healthcheck.slice(healthcheck.indexOf('CMD ') + 4))).toEqual(RECIPE.healthcheck);
    expect(steps('base', 'WORKDIR')).toEqual([RECIPE.folder]);
  });

  test('the built folder as it is, not writable, and a data folder of the user who runs it', () => {
    expect(steps('full', 'COPY')).toContain(`--from=build /src/.next/standalone ${RECIPE.folder}`);
    expect(steps('slim', 'COPY')).toContain(`--from=without-stores /slim ${RECIPE.folder}`);
    expect(steps('build', 'RUN').join('\n')).toContain('chmod -R a-w,a+rX .next/standalone');
    for (const image of ['full', 'slim']) {
      expect(steps(image, 'COPY')).toContain(`--from=build --chown=${RECIPE.user} /data ${RECIPE.dataDir}`);
      expect(stage(image).from).toBe('base');
    }
  });

  test('slim leaves out what the suite leaves out', () => {
    const [, left = ''] = /rm -rf ([^&]+)/.exec(steps('without-stores', 'RUN').join('\n')) ?? [];
    expect(left.trim().split(/\s+/)).toEqual([...RECIPE.embeddedStores]);
  });

  test('the last word of each image makes it a numbered user who is not root', () => {
    for (const image of ['full', 'slim']) expect(stage(image).steps.at(-1)).toEqual({ word: 'USER', rest: RECIPE.user });
    expect(RECIPE.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });
});

describe('the image is built the same anywhere', () => {
  test('from bases named by a tag with a version', () => {
    const names = new Set(STAGES.map(({ name }) => name));
    const bases = [...new Set(STAGES.map(({ from }) => from))].filter((from) => !names.has(from));
    expect(bases).toEqual(['node:24-bookworm-slim']);
  });

  test('on every processor: no step names one', () => {
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll(/^#.*$/gm, '')).not.toMatch(
      /amd64|arm64|x86|aarch|x64|TARGETARCH/,
    );
  });

  test('with the packages of the lockfile, by the scripts of this repository', () => {
    expect(steps('build', 'RUN').slice(0, 2)).toEqual(['node dev/with-node.mjs npm --version', 'npm run build']);
    expect(steps('build', 'COPY')[0]).toContain('package-lock.json');
    expect(readFileSync(join(root, 'dev', 'with-node.mjs'), 'utf8')).toContain("npm(node, ['ci',");
  });
});

describe('B05 no secret reaches the image', () => {
  test('no step takes one as an argument or sets one', () => {
    const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
    expect(text).not.toMatch(/^ARG /m);
    expect(text).not.toMatch(/SECRET|TOKEN|PASSWORD|SERVICE_ROLE|ANON_KEY|DATABASE_URL/);
  });

  test('files that hold some stay outside the build, whatever folder they are in', () => {
    const patterns = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    const ignored = (path: string) => patterns.some((pattern) => !pattern.startsWith('!') && matchesGlob(path, pattern));
    for (const path of [
      '.env',
      '.env.local',
      '.env.production',
      'deploy/.env',
      '.pandastack',
      '.git',
      'node_modules',
      '.next',
      'a.pem',
    ])
      expect(path.startsWith('deploy/') ? ignored('deploy') : ignored(path), path).toBe(true);
  });

  test('and what the build reads is inside it', () => {
    const patterns = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    const built = globSync('{app,lib,db,server,cli,messages,drizzle}', { cwd: root });
    expect(built).toHaveLength(7);
    for (const folder of built) expect(patterns).not.toContain(folder);
  });
});
