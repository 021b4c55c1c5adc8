import { language } from '@/messages/language';
import { plural } from '../plural';

const numbers = new Intl.NumberFormat(language);

export const lifetimes = {
  300: 'Ends after 5 minutes idle',
  3600: 'Ends after 1 hour idle',
  86400: 'Ends after 24 hours idle',
  keep: 'Kept until somebody ends it',
};
export const isKept = 'kept until ended';
export const endsAfter = (duration: string) => `ends after ${duration} idle`;

export const durations = {
  day: (count: number) => plural(count, { one: '# day', other: '# days' }),
  hour: (count: number) => plural(count, { one: '# hour', other: '# hours' }),
  minute: (count: number) => plural(count, { one: '# minute', other: '# minutes' }),
  second: (count: number) => plural(count, { one: '# second', other: '# seconds' }),
};
export const size = (cpu: number, memory: string) => `${plural(cpu, { one: '# CPU', other: '# CPUs' })}, ${memory}`;
export const gibibytes = (count: number) => `${numbers.format(count)} GiB`;
export const mebibytes = (count: number) => `${numbers.format(count)} MiB`;
export const seconds = (count: number) => `${numbers.format(count)} s`;
export const milliseconds = (count: number) => `${numbers.format(count)} ms`;
