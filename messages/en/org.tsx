import type { ReactNode } from 'react';
import { plural } from '../plural';

type Within = (text: string) => ReactNode;
type Kind = 'template' | 'volume' | 'snapshot';

export const tryAgain = 'Try again';

export const errorTitle = 'This page did not load';
export const errorReason = 'Something it depends on did not answer';
export const errorHint = 'Nothing was changed; trying again is safe.';
export const errorInLog = (digest: ReactNode) => <>Operators find it in the log as {digest}.</>;

export const notFound = 'Not found';
export const notFoundTitle = 'Nothing to see here';
export const notFoundReason = 'No such page for you';
export const notFoundHint =
  'It does not exist, or your role in this organization does not reach it. An owner can change your role.';

export const deleteThing = 'Delete';
export const deleteLabel = (kind: Kind, name: string) => `Delete the ${kind} ${name}`;
export const deleteTitle = (kind: Kind, name: string) => `Delete the ${kind} ${name}?`;
export const deleteForever = (consequence: string) => `${consequence} This cannot be undone.`;
export const deleted = (kind: Kind, name: string) => `The ${kind} ${name} was deleted`;

export const missing = (machines: number) =>
  plural(machines, { one: '# machine did not answer', other: '# machines did not answer' });
export const missingHint = 'What is there only is missing here.';

export const noMachine = 'No machine is there to run sandboxes';
export const noMachineOperator = (link: Within, code: Within) => (
  <>
    Start an agent on a host with KVM, with this server’s database and PANDASTACK_NODE_TOKEN; it appears under {link('Agents')}.
    To look around, {code('npm start -- --agent')} runs a stand-in.
  </>
);
export const noMachineOthers = 'Sandboxes start again when one is back. The people who operate this server see each machine.';
