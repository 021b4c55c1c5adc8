import type { ReactNode } from 'react';
import { language } from '@/messages/language';
import { plural } from '../plural';

export const title = 'Audit log';
export const description = 'Every change to people, invitations and tokens, and what was refused, kept for a year.';
export const exportCsv = 'Export CSV';

export const when = 'When';
export const who = 'Who';
export const what = 'What';
export const address = 'Address';
export const details = 'Details';
export const detailsOf = (action: string, actor: string) => `Details of “${action}” by ${actor}`;
export const targetAndTime = (target: string, time: ReactNode) => (
  <>
    {target}, {time}
  </>
);

export const time = 'Time';
export const action = 'Action';
export const target = 'Target';
export const before = 'Before';
export const after = 'After';
export const request = 'Request';
export const agent = 'Agent';
export const chain = 'Chain';
export const notChained = 'from before events were chained';
export const onlyActor = 'only theirs';
export const onlyTarget = 'only this';

export const pages = 'Pages of the audit log';
export const newest = 'Newest';
export const older = 'Older';
export const noMatchTitle = 'Nothing matches';
export const noMatchText = 'No event has this action, person, target and time together.';
export const showEverything = 'Show everything';
export const emptyTitle = 'Nothing has happened yet';
export const emptyText = 'Changes to people, invitations and tokens appear here a moment after they are made.';

export const everyAction = 'Every action';
export const everybody = 'Everybody';
export const targetExample = 'An id';
export const from = 'From';
export const to = 'To';
export const filter = 'Filter';
export const clear = 'Clear';

export const live = 'Live';
export const liveHint = 'New events appear by themselves';
export const newEvents = (count: number) => plural(count, { one: '# new event', other: '# new events' });

export const eachIsChained = 'Each event is chained to the one before it.';
export const verify = 'Verify chain';
export const verifyAgain = 'Verify again';
export const verifying = 'Verifying …';
export const notChecked = 'The log could not be checked';
export const verified = (count: number) => plural(count, { one: 'Chain verified: # event', other: 'Chain verified: # events' });
export const verifiedAnd = (count: number, others: readonly string[]) => `${verified(count)} (${others.join(', ')})`;
export const waiting = (count: number) => plural(count, { one: '# on its way', other: '# on their way' });
export const expired = (count: number) => plural(count, { other: '# expired' });
export const unchained = (count: number) => plural(count, { other: '# from before the chain' });

export const broken = 'The chain is broken.';
export const brokenTitle = 'This log is not what was recorded';
export const brokenOutside = (meaning: string) => `Outside the chain: ${meaning}.`;
export const brokenAt = (seq: number, meaning: string) => `At event ${seq.toLocaleString(language)}: ${meaning}.`;
export const holdBefore = (count: number) =>
  plural(count, {
    one: 'The event before it holds. Tell the operator of this server.',
    other: 'The # events before it hold. Tell the operator of this server.',
  });
