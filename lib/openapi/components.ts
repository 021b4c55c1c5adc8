const text = { type: 'string' };
const inPath = (name: string, description: string, example: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: text,
  example,
});

/** Parameters by the name they have in paths, and the header that every operation on the current org takes. */
export const PARAMETERS = {
  org: inPath('org', 'The id of the organization, or its slug.', 'acme'),
  user_id: inPath('user_id', 'The user id of a member.', '3fa85f64-5717-4562-b3fc-2c963f66afa6'),
  invite_id: inPath('invite_id', 'The id of an invite.', '0b5a1c4e-2f0d-4b8e-9d59-1c6f4f3a7e21'),
  token_id: inPath('token_id', 'The id of an API token.', '5d1f8a90-6c3b-4e7a-8f42-9b7c0d2e6a13'),
  prefix: inPath('prefix', 'The first 12 characters of an API token, as lists show them.', 'pds_4kTq9ZbX'),
  token: inPath('token', 'The secret in the link of an invite.', 'uYw0m1VbW2k9n3Hq7Zx5cR8tLpEjSdFg4aTiOoKvNs0'),
  sandbox: inPath('sandbox', 'The id of a sandbox.', '7d0a6f0c-3b5e-4c27-9a55-0f5c2f6f8f11'),
  snapshot: inPath('snapshot', 'The id of a snapshot.', '2c9a7e44-6d1b-4a0e-8f10-5b7c9d3e1a22'),
  template: inPath('template', 'The name of a template.', 'code-interpreter'),
  volume: inPath('volume', 'The name of a volume.', 'data'),
  build: inPath('build', 'The id of a build.', 'b-4kq9zb'),
  session: inPath('session', 'The id of an interpreter.', 's-4kq9zb'),
  port: inPath('port', 'A port inside the sandbox.', '8080'),
  id: inPath('id', 'The id of a sandbox.', 'sbx-4kq9zb'),
  XPandastackOrg: {
    name: 'X-Pandastack-Org',
    in: 'header',
    description: 'The id or slug of the organization this request speaks of; without it, your current one.',
    schema: text,
    example: 'acme',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A random value of 8 to 200 characters. The same request under the same key is carried out once and answered alike for a day.',
    schema: { type: 'string', minLength: 8, maxLength: 200 },
    example: '6f1c2b9e-0d5a-4f0e-9a63-5a1e6b7c8d90',
  },
} as const;

export const HEADERS = {
  XRequestId: { description: 'Names this request in logs and in the audit log.', schema: text },
  RetryAfter: { description: 'Seconds to wait before the next try.', schema: { type: 'integer', minimum: 1 } },
  WwwAuthenticate: { description: 'What is wrong with the credential (RFC 6750).', schema: text },
} as const;
