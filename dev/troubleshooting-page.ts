import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_GUIDE } from '@/lib/doctor/error-guide';
import type { Symptom } from '@/lib/doctor/finding';
import { ERROR_CODES, statusOf } from '@/lib/errors';

const HEAD = `# Troubleshooting

Made by \`npm run docs:troubleshooting\` from lib/errors.ts, lib/doctor/; a test holds them equal.

- \`pandastack doctor\` examines the installation; the owners who operate it read the same at \`/admin/doctor\`.
- \`pandastack explain -\` reads a token from stdin and says which rule refuses it, and \`pandastack explain REQUEST_ID\` what became of a request.

## By symptom
`;

/** What answers each chapter of the guide to Supabase auth. */
const ANSWERS: Record<Symptom, string> = {
  '401 invalid token':
    'The access token identifies the signed-in person, the anon key only the app: send `session.access_token`. `pandastack explain -` names the rule that refused what was sent; the API answers the anon key with `anon_key_used`.',
  'JWT signature is invalid':
    "SUPABASE_JWT_SECRET must be exactly the project's JWT secret. The doctor holds it against the anon key, which a legacy project signs with it. After a rotation restart the API, and have people sign in again; SUPABASE_JWT_SECRET_PREVIOUS bridges the time between.",
  'issuer mismatch':
    'Dashboard and API use different projects. `issuer_mismatch` names both issuers; correct SUPABASE_URL and NEXT_PUBLIC_SUPABASE_URL.',
  'User signs in but sees no organization':
    'Membership is looked up by user id, never by address. `pandastack explain -` lists the memberships of a token and prints the `pandastack provision-owner` command for whoever has none.',
  'RLS errors in Supabase':
    'Our tables belong into a database that the API controls. Inside Supabase, `pandastack lock-tables --yes` takes them from the browser roles; the service goes on as their owner.',
  'Dashboard has Supabase config but API still accepts local token':
    'PANDASTACK_AUTH_MODE must be `supabase` on the API. The doctor fails when stub mode stands beside a project.',
  'Invitations do not work':
    'The inviter must be an owner or admin, and the redirect URL must be allowed in Supabase: the doctor asks the auth server where it would lead. The copied link works without mail.',
};

const CALL = /\b(?:fine|skipped|trouble)\(\s*['`]([\w.${}-]+)['`]/g;
const ROW = /\[\s*'(auth\.[\w-]+)',[^\]]*?'([^']+)',?\s*\]/g;

/** docs/troubleshooting.md: symptoms, codes, findings. */
export function troubleshootingPage(root: string): string {
  const sources = globSync('lib/doctor/check-*.ts', { cwd: root }).concat('lib/doctor/run-doctor.ts').sort();
  const findings = sources.flatMap((file) => findingsIn(readFileSync(join(root, file), 'utf8')));
  const symptoms = Object.entries(ANSWERS).map(([symptom, answer]) => {
    const ids = findings.filter((finding) => finding.symptom === symptom).map(({ id }) => `\`${id}\``);
    return `### ${symptom}\n\n${answer}${ids.length > 0 ? `\n\nDoctor: ${[...new Set(ids)].join(', ')}.` : ''}\n`;
  });
  const byWords = findings.toSorted((a, b) => wordsOf(a) - wordsOf(b));
  const ids = [...new Map(byWords.map((finding) => [finding.id, finding])).values()].sort((a, b) => a.id.localeCompare(b.id));
  return [
    HEAD,
    ...symptoms,
    '## By the code of a refusal\n',
    table(
      ['code', 'status', 'meaning', 'what to do'],
      ERROR_CODES.map((code) => [`\`${code}\``, String(statusOf(code)), ERROR_GUIDE[code].means, ERROR_GUIDE[code].fix]),
    ),
    '\n## By the finding of the doctor\n',
    table(
      ['finding', 'expected', 'fix', 'answers'],
      ids.map(({ id, expected, fix, symptom }) => [`\`${id}\``, expected, fix, symptom]),
    ),
    '',
  ].join('\n');
}

interface Documented {
  id: string;
  symptom: string;
  expected: string;
  fix: string;
}

/** Every id that a check may tell; with the words of the trouble that carries it. */
function findingsIn(source: string): Documented[] {
  const calls = [...source.matchAll(CALL)];
  const rows = [...source.matchAll(ROW)].map(([, id, fix]) => ({
    id: String(id),
    symptom: '',
    expected: 'off',
    fix: String(fix),
  }));
  const told = calls.map((call, index) => {
    const [body = ''] = source.slice(call.index, calls[index + 1]?.index).split('\n}\n');
    const word = (name: string) => (call[0].startsWith('trouble') ? wordOf(name, body, source.slice(0, call.index)) : '');
    const id = String(call[1]).replace(/\$\{\w+\}/g, 'NAME');
    return { id, symptom: word('symptom'), expected: word('expected'), fix: word('fix') };
  });
  // Whoever says more comes last and so is kept.
  return [...rows, ...told].sort((a, b) => wordsOf(a) - wordsOf(b));
}

const wordsOf = ({ fix, symptom }: Documented) => (fix + symptom).length;

/** The literal a property holds, or that of the constant it names. */
function wordOf(property: string, body: string, before: string): string {
  const literal = new RegExp(`\\b${property}: (?:'([^']+)'|"([^"]+)"|\`([^\`]+)\`)`).exec(body);
  if (literal) return (literal[1] ?? literal[2] ?? literal[3] ?? '').replace(/\$\{[^}]+\}/g, '…');
  const constant = new RegExp(`\\b${property}(?:: ([A-Z_]+)|(?=[,\\s]))`).exec(body);
  if (!constant) return '';
  const named = [...before.matchAll(new RegExp(`const ${constant[1] ?? property} = (?:'([^']+)'|"([^"]+)")`, 'g'))].at(-1);
  return named?.[1] ?? named?.[2] ?? '';
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
