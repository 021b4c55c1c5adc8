import { config } from '@/lib/config';
import { version } from '@/package.json';
import { HEADERS, PARAMETERS } from './components';
import { errorAnswer } from './error-answer';
import { JsonSchemas } from './json-schemas';
import { TAGS } from './operation';
import { describeOperation, describePassed } from './operation-object';
import { OPERATIONS } from './operations';
import { PASSED_OPERATIONS } from './passed-operations';

const DESCRIPTION = `Organizations, people, invitations and API tokens in front of your sandboxes.

Send \`Authorization: Bearer …\` with the access token of a signed-in person or an API token (\`pds_…\`). Cookies and the query
string are never read for credentials. A path that names no organization speaks of the one in \`X-Pandastack-Org\`, else of your
current one.

JSON is UTF-8 and snake_case, times are RFC 3339 in UTC. Unknown fields of a request are refused; answers may gain fields. Every
answer carries \`x-request-id\`; every refusal is an \`Error\` with a stable \`code\`.`;

let made: { server: string; text: string } | undefined;

/** The OpenAPI 3.1 document of /v1 as JSON, made once from the table of operations and the schemas the routes themselves use. */
export function openapiDocument(): string {
  const { apiUrl, dashboardUrl } = config();
  const server = apiUrl || dashboardUrl;
  if (made?.server !== server) made = { server, text: JSON.stringify(makeDocument(server)) };
  return made.text;
}

function makeDocument(server: string): object {
  const schemas = new JsonSchemas();
  schemas.of(errorAnswer.array());
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describeOperation(operation, schemas) };
  }
  for (const passed of PASSED_OPERATIONS) {
    paths[passed.path] = { ...paths[passed.path], [passed.method.toLowerCase()]: describePassed(passed) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'PandaStack',
      version,
      summary: 'The control plane of a self-hosted PandaStack.',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.components,
      parameters: PARAMETERS,
      headers: HEADERS,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The access token of a signed-in person, or an API token (`pds_…`).',
        },
      },
    },
  };
}
