import { PERMISSIONS, type Permission } from '@/lib/access/permissions';
import { nameOf, type Operation, permissionOf } from './operation';
import { OPERATIONS } from './operations';
import { PASSED_OPERATIONS } from './passed-operations';

const ROLES = ['owner', 'admin', 'member'] as const;
const YES = '✓';
const NO = '';

const INTRODUCTION = `# Who may do what

Made from \`lib/access/permissions.ts\` and the operations of \`lib/openapi/\` by \`npm run docs:permissions\`; a test fails when it is out of step.

- Outsiders and removed members are told 404 \`org_not_found\`, as if the organization did not exist; where the path names none, 403 \`not_a_member\`.
- *token*: an API token of that role may do it too. A token never may more than its creator at that moment, and never leaves its organization.
- *fresh*: the auth server is asked for the person at that moment. Banned, deleted and signed-out people are refused although their access token lives.
- Admins manage members, never owners or other admins, and make nobody either. An organization always has an owner.
- Where the organization asks for a second factor, people without one in their session are told 403 \`insufficient_aal\`; API tokens go on working.`;

/** docs/permissions.md: the table of permissions, and what needs each of them. */
export function permissionsPage(): string {
  const names = Object.keys(PERMISSIONS) as Permission[];
  return [
    INTRODUCTION,
    '## Permissions',
    table(['permission', 'what', ...ROLES, 'token', 'fresh'], names.map(permissionRow)),
    '## What needs them',
    table(['permission', 'operations'], names.map(usesRow)),
    '## What needs none',
    table(['operation', 'who'], OPERATIONS.filter((operation) => !permissionOf(operation)).map(openRow)),
  ]
    .join('\n\n')
    .concat('\n');
}

function permissionRow(name: Permission): string[] {
  const { does, roles, token, fresh } = PERMISSIONS[name];
  const holds = ROLES.map((role) => mark((roles as readonly string[]).includes(role)));
  return [code(name), does, ...holds, mark(token), mark(fresh)];
}

function usesRow(name: Permission): string[] {
  const uses = OPERATIONS.flatMap((operation) => {
    if (permissionOf(operation) === name) return [code(nameOf(operation))];
    const part = operation.also?.find(({ permission }) => permission === name);
    return part ? [`${code(nameOf(operation))} ${part.when}`] : [];
  });
  if (name === 'sandboxes:use') uses.push(...PASSED_OPERATIONS.map((passed) => code(nameOf(passed))));
  return [code(name), uses.join('<br>')];
}

function openRow(operation: Operation): string[] {
  const words = { anyone: 'anyone', credential: 'people and API tokens', person: 'people' };
  const { who, fresh } = operation;
  const whom = who in words ? words[who as keyof typeof words] : '';
  return [code(nameOf(operation)), fresh ? `${whom}, asked for afresh` : whom];
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const mark = (holds: boolean) => (holds ? YES : NO);
const code = (text: string) => `\`${text}\``;
