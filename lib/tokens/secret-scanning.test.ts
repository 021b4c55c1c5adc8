import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { hasWrongChecksum } from '@/lib/auth/token-checksum';
import { newTokenSecret } from './token-secret';

const FOLDER = join(import.meta.dirname, '../../docs/secret-scanning');
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
/** What a file says between a key and the end of its quotes. */
function valueIn(file: string, key: RegExp): string {
  const found = key.exec(read(file))?.[1];
  if (found === undefined) throw new Error(`${file} holds no ${key}`);
  return found;
}

/** GitHub asks for three expressions, in the syntax of Hyperscan. */
function githubPattern(): RegExp {
  const part = (name: string) => valueIn('github-custom-pattern.txt', new RegExp(`^${name}: +(.+)$`, 'm'));
  const edges = (text: string) => text.replace('\\A', '^').replace('\\z', '$');
  return new RegExp(`(?:${edges(part('Before secret'))})(${part('Secret format')})(?:${edges(part('After secret'))})`);
}

const RULES: [string, RegExp][] = [
  ['gitleaks', new RegExp(valueIn('gitleaks.toml', /^regex = '''(.+)'''$/m))],
  ['TruffleHog', new RegExp(valueIn('trufflehog.yaml', /^ +token: '(.+)'$/m))],
  ['GitHub', githubPattern()],
  ['Semgrep', new RegExp(valueIn('semgrep.yaml', /^ +pattern-regex: '(.+)'$/m))],
];
const minted = () => newTokenSecret().secret;

describe.each(RULES)('the rule for %s', (_scanner, rule) => {
  test.each<[string, (token: string) => string]>([
    ['alone', (token) => token],
    ['in an assignment', (token) => `PANDASTACK_API_KEY=${token}`],
    ['in JSON', (token) => `{"token":"${token}"}`],
    ['in a header', (token) => `curl -H "Authorization: Bearer ${token}"`],
    ['in a URL', (token) => `https://example.com/?key=${token}&a=1`],
    ['before a full stop', (token) => `My token is ${token}.`],
    ['on a line of its own', (token) => `first\n${token}\nlast`],
  ])('finds a token %s, and it alone', (_title, text) => {
    for (let count = 0; count < 50; count++) {
      const token = minted();
      expect(rule.exec(text(token))?.[1]).toBe(token);
    }
  });

  test.each<[string, (token: string) => string]>([
    ['a character less', (token) => token.slice(0, -1)],
    ['a character more', (token) => `${token}0`],
    ['another prefix', (token) => token.replace('pds_', 'pdx_')],
    ['a prefix in capitals', (token) => token.replace('pds_', 'PDS_')],
    ['a longer word before it', (token) => `x${token}`],
    ['a longer name around it', (token) => `my_${token}`],
    ['a longer name after it', (token) => `${token}_old`],
    ['a dash within', (token) => `${token.slice(0, 20)}-${token.slice(21)}`],
    ['its shown part alone', (token) => `${token.slice(0, 12)}…`],
    ['the local development token', () => 'pds_local_dev_token'],
  ])('passes over %s', (_title, text) => expect(rule.test(text(minted()))).toBe(false));
});

test('the entropy the rules ask for is below that of any token', () => {
  const asked = [valueIn('gitleaks.toml', /^entropy = (.+)$/m), valueIn('trufflehog.yaml', /^ +entropy: (.+)$/m)].map(Number);
  for (let count = 0; count < 2_000; count++) expect(entropyOf(minted())).toBeGreaterThan(Math.max(...asked));
});

test('a rule knows the keyword by which scanners choose what to read', () => {
  expect(minted()).toContain(valueIn('gitleaks.toml', /^keywords = \["(.+)"\]$/m));
  expect(minted()).toContain(valueIn('trufflehog.yaml', /keywords:\n +- (.+)$/m));
});

describe('the programs that check a checksum', () => {
  const commands: [string, string[]][] = [
    [process.execPath, [join(FOLDER, 'check-token.mjs')]],
    ['python3', [join(FOLDER, 'check_token.py')]],
  ];
  test.each(commands)('%s tells tokens from lookalikes as the product does', (command, args) => {
    const tokens = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? minted() : `${minted().slice(0, -1)}${at % 10}`));
    const wanted = tokens.map((token) => `${token.slice(0, 12)}… ${hasWrongChecksum(token) ? 'no token' : 'a token'}`);
    expect(wanted.filter((line) => line.endsWith('no token')).length).toBeGreaterThan(50);
    const output = run(command, args, tokens.join('\n'));
    if (output !== undefined) expect(output.trim().split('\n')).toEqual(wanted);
  });

  test('a checksum is filled up with zeros, and the one in the documentation is right', () => {
    expect(hasWrongChecksum('pds_00000000000000000000000000040500azb7')).toBe(false);
    expect(hasWrongChecksum('pds_0000000000000000000000000004050azb70')).toBe(true);
    const [, random, sum] = /^pds_ (\w{30}) (\w{6}) /m.exec(readFileSync(join(FOLDER, '../api-tokens.md'), 'utf8')) ?? [];
    expect(hasWrongChecksum(`pds_${random}${sum}`)).toBe(false);
  });
});

/** Undefined where this machine has no such program: not everybody keeps a Python. */
function run(command: string, args: string[], input: string): string | undefined {
  try {
    return execFileSync(command, args, { input, encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Shannon's, in bits a character, as scanners measure it. */
function entropyOf(text: string): number {
  const counts = Object.values(Object.groupBy(text, (character) => character)).map((found) => found?.length ?? 0);
  return counts.reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
