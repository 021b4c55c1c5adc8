import { examinationAnswer } from '@/lib/doctor/examine-server';
import { fleetAnswer } from '@/lib/gateway/examine-agents';
import type { Operation } from '../operation';

export const SERVER: Operation[] = [
  {
    method: 'GET',
    path: '/v1/admin/doctor',
    id: 'examineServer',
    tag: 'Server',
    summary: 'Examine the server',
    description:
      'What `pandastack doctor` says. For owners of the organization that PANDASTACK_BOOTSTRAP_ORG names, or, where that one does not exist, of the oldest there was when the server got its first owner.',
    who: 'server:examine',
    status: 200,
    answer: examinationAnswer,
    errors: [],
  },
  {
    method: 'GET',
    path: '/v1/admin/agents',
    id: 'listAgents',
    tag: 'Server',
    summary: 'List the machines that run sandboxes',
    description: 'Every agent that registered, with its room and its last sign of life. For whoever may examine the server.',
    who: 'server:examine',
    status: 200,
    answer: fleetAnswer,
    errors: [],
  },
];
