import { newTicket, ticketAnswer } from '@/lib/gateway/issue-ticket';
import type { Operation } from '../operation';

export const SANDBOXES: Operation[] = [
  {
    method: 'POST',
    path: '/v1/sandboxes/{sandbox}/tickets',
    id: 'createTicket',
    tag: 'Sandboxes',
    summary: 'Ask for a pass for one WebSocket of a browser',
    description:
      'A browser cannot send an Authorization header with a WebSocket. A ticket opens one, within 30 seconds, at the path it was asked for: `wss://…/v1/sandboxes/{sandbox}/exec/pty?ticket=…`. Programs send their Authorization header instead.',
    who: 'terminals:open',
    input: newTicket,
    example: { path: 'exec/pty' },
    status: 201,
    answer: ticketAnswer,
    errors: ['agent_unreachable'],
  },
];
