import { z } from 'zod';
import { SECRET_VARIABLES } from '@/lib/config-public';
import { schema } from '@/lib/config-variables';

const HEAD = `# Configuration

Made by \`npm run docs:configuration\` from lib/config-variables.ts and .env.example; a test holds them equal.

Read once at start, from the environment. A production start names every problem it finds at once, by variable and never by value,
and ends with code 78 before a socket opens. A variable that is set but empty is a problem, not an absence. A secret under any
NEXT_PUBLIC_ name stops the build and the start.

\`npm start\` and \`npm run dev\` read \`.env\` besides. Where both set a variable the environment counts, and the start names it.

Each start also logs as warnings what it sees amiss around it, and starts all the same: a clock that differs from that of the auth
server, a redirect URL that is not allowed, a database reached without encryption, a ClickHouse that cannot be written, too few open
files. [troubleshooting.md](troubleshooting.md) lists them by their \`finding\`. A project that publishes no keys, without
SUPABASE_JWT_SECRET, leaves the process not ready.

| variable | form | default | meaning |
| --- | --- | --- | --- |
`;

const FORMS: [RegExp, string][] = [
  [/DATABASE_URL|DB_DSN/, 'postgres:// URL'],
  [/SMTP_URL/, 'smtp:// or smtps:// URL'],
  [/^SUPABASE_ISSUER$/, 'URL or `none`'],
  [/_URL$|ISSUER$|PANDASTACK_API$/, 'http(s) URL'],
];

/** docs/configuration.md: a row a variable, its meaning the comment above it in .env.example. */
export function configurationPage(example: string): string {
  const rows = meanings(example).map(([name, meaning]) => {
    const secret = SECRET_VARIABLES.some((one) => one === name) ? ' **Secret.**' : '';
    return `| \`${name}\` | ${form(name)} | ${standard(name)} | ${meaning}${secret} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
}

/** Each variable with the comment it stands under; one comment may stand over several. */
function meanings(example: string): [name: string, meaning: string][] {
  const found: [string, string][] = [];
  let comment: string[] = [];
  let open = false;
  for (const line of example.split('\n')) {
    const name = /^#?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1];
    if (name) found.push([name, comment.join(' ').replaceAll('|', '\\|')]);
    else if (line.startsWith('# ')) comment = open ? [...comment, line.slice(2)] : [line.slice(2)];
    open = !name && line.startsWith('# ');
  }
  return found;
}

function field(name: string): z.ZodType | undefined {
  return Object.entries(schema.shape).find(([key]) => key === name)?.[1];
}

function form(name: string): string {
  const known = FORMS.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  const zod = field(name);
  const { enum: choices, const: only, type, anyOf } = zod ? z.toJSONSchema(zod, { io: 'input', unrepresentable: 'any' }) : {};
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (only) return `\`${only}\``;
  return anyOf ? 'text' : /^PORT$|_(DAYS|PROXIES)$|_MAX_/.test(name) || type === 'number' ? 'whole number' : 'text';
}

function standard(name: string): string {
  const zod = field(name);
  const value = zod instanceof z.ZodDefault ? zod.def.defaultValue : undefined;
  return value === undefined ? '' : `\`${value}\``;
}
