import { STATUS_CODES } from 'node:http';
import { PERMISSIONS, type Permission } from '@/lib/access/permissions';
import { type ErrorCode, statusOf } from '@/lib/errors';
import { PARAMETERS } from './components';
import type { Json, JsonSchemas } from './json-schemas';
import { type Operation, orgOf, parametersOf, permissionOf, takesIdempotencyKey } from './operation';
import { errorsOf, OF_CREDENTIAL } from './operation-errors';
import type { PassedOperation } from './passed-operations';

/** One operation as OpenAPI describes it. */
export function describeOperation(operation: Operation, schemas: JsonSchemas): Json {
  const { id, tag, summary, who, input, example } = operation;
  const parameters = [...pathAndHeaders(operation), ...queryOf(operation, schemas)];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: descriptionOf(operation),
    ...(who === 'anyone' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(input ? { requestBody: { required: isRequired(input), content: json(schemas.of(input), example) } } : {}),
    responses: { ...success(operation, schemas), ...refusals(operation) },
  };
}

const OF_GATEWAY: ErrorCode[] = [
  'validation_failed',
  'forbidden',
  'not_a_member',
  'not_found',
  'quota_exceeded',
  'agent_unreachable',
  'capacity_unavailable',
];

/** One that agents answer: who may, and what the gateway itself may say; the rest is the agent's. */
export function describePassed({ id, summary, method, path }: PassedOperation): Json {
  const names = [...parametersOf({ path }), 'XPandastackOrg'];
  const body = method === 'GET' || method === 'DELETE' ? {} : { requestBody: { content: { '*/*': {} } } };
  const byStatus = Map.groupBy([...OF_CREDENTIAL, ...OF_GATEWAY], statusOf);
  return {
    operationId: id,
    tags: ['Sandboxes'],
    summary,
    description: mayUse('sandboxes:use'),
    parameters: names.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ...body,
    responses: {
      '2XX': { description: 'What the machine answers.', headers: headersOf(200), content: { '*/*': {} } },
      ...Object.fromEntries([...byStatus].map(([status, codes]) => [status, refusal(status, codes)])),
    },
  };
}

function isRequired(input: NonNullable<Operation['input']>): boolean {
  return !input.safeParse({}).success;
}

/** What it does, and who may: the words of docs/permissions.md. */
function descriptionOf(operation: Operation): string {
  const { description, also = [] } = operation;
  return [description, whoMay(operation), ...also.map(({ permission, when }) => `Needs \`${permission}\` ${when}.`)]
    .filter((sentence) => sentence !== undefined)
    .join('\n\n');
}

function whoMay(operation: Operation): string {
  const permission = permissionOf(operation);
  if (!permission) {
    if (operation.who === 'anyone') return 'Needs no credential.';
    return operation.who === 'person' ? 'For people, not for API tokens.' : 'For people and API tokens.';
  }
  return mayUse(permission);
}

function mayUse(permission: Permission): string {
  const { roles, token } = PERMISSIONS[permission];
  return `Needs \`${permission}\`: ${roles.join(', ')}${token ? ', and API tokens of that role' : '; not for API tokens'}.`;
}

function pathAndHeaders(operation: Operation): Json[] {
  const names = parametersOf(operation);
  if (orgOf(operation) === 'current') names.push('XPandastackOrg');
  if (takesIdempotencyKey(operation)) names.push('IdempotencyKey');
  return names.map((name) => {
    if (!(name in PARAMETERS)) throw new Error(`components.ts does not describe the parameter ${name}`);
    return { $ref: `#/components/parameters/${name}` };
  });
}

function queryOf({ query }: Operation, schemas: JsonSchemas): Json[] {
  const { properties = {}, required = [] } = query ? (schemas.of(query) as { properties?: Json; required?: string[] }) : {};
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as { description?: string };
    return { name, in: 'query', required: required.includes(name), ...(description ? { description } : {}), schema: rest };
  });
}

function success({ status, answer }: Operation, schemas: JsonSchemas): Json {
  const content = answer ? { content: json(schemas.of(answer)) } : {};
  return { [status]: { description: STATUS_CODES[status] ?? 'Done', headers: headersOf(status), ...content } };
}

/** The refusals by status; each says which codes it may carry. */
function refusals(operation: Operation): Json {
  const byStatus = Map.groupBy(errorsOf(operation), statusOf);
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, refusal(status, codes)]));
}

function refusal(status: number, codes: ErrorCode[]): Json {
  const schema = { allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { code: { enum: codes } } }] };
  const description = `${STATUS_CODES[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}`;
  return { description, headers: headersOf(status, codes), content: json(schema) };
}

function headersOf(status: number, codes: ErrorCode[] = []): Json {
  const header = (name: string) => ({ $ref: `#/components/headers/${name}` });
  return {
    'x-request-id': header('XRequestId'),
    ...(status === 401 ? { 'www-authenticate': header('WwwAuthenticate') } : {}),
    ...(status === 429 || status === 503 || codes.includes('request_in_progress') ? { 'retry-after': header('RetryAfter') } : {}),
  };
}

function json(schema: Json, example?: unknown): Json {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}
