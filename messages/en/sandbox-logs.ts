import { language } from '@/messages/language';
import { plural } from '../plural';

const numbers = new Intl.NumberFormat(language);

export const title = 'Logs of a sandbox';
export const sectionLabel = 'Logs';
export const linesLabel = 'Log lines';
export const none = 'No lines';

export const search = 'Search in the lines';
export const goOn = 'Go on';
export const pause = 'Pause';
export const wrap = 'Wrap';

export const states = { connecting: 'Connecting…', following: 'Following', ended: 'Ended' };
export const paused = 'Paused';
export const stateAndFound = (state: string, found: number, all: number) =>
  `${state}, ${numbers.format(found)} of ${plural(all, { one: '# line', other: '# lines' })}`;

export const ended = 'The log has ended';
export const broken = 'The log broke off';
export const followAgain = 'Follow again';
