import { type OwnServer, ownServer } from './own-server';

const EVENT = {
  at_ms: '1764000000000',
  number: '1',
  actor_id: 'someone',
  actor_type: 'user',
  action: 'org.updated',
  target_type: 'org',
  target_id: 'one',
  request_id: '',
  ip: '',
  user_agent: 'x'.repeat(200),
  metadata: '{}',
  hash: '',
};

/** Takes what ClickHouse is told, and tells of so many pages of audit events; `inserted` are the lines written to a table. */
export async function recordingClickhouse(pages = 0): Promise<OwnServer & { inserted: (table: string) => string[] }> {
  const lines: [string, string][] = [];
  const server = await ownServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const statement = new URL(request.url ?? '', 'http://localhost').searchParams.get('query') ?? body;
    const table = /^\s*INSERT INTO pandastack\.(\w+)/i.exec(statement)?.[1];
    if (table) for (const line of body.split('\n').filter(Boolean)) lines.push([table, line]);
    response.end(/ORDER BY ts DESC, event_id DESC/.test(statement) && pages-- > 0 ? eventPage() : '');
  });
  const inserted = (table: string) => lines.filter(([into]) => into === table).map(([, line]) => line);
  return { ...server, inserted };
}

/** As many as an export reads at once. */
function eventPage(): string {
  return Array.from({ length: 5_000 }, () => `${JSON.stringify({ ...EVENT, event_id: crypto.randomUUID() })}\n`).join('');
}
