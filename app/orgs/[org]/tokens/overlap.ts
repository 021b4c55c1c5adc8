import * as words from '@/messages/tokens';

/** How long an old secret may go on after a rotation; a number counts seconds. */
export const OVERLAP_CHOICES = [
  { value: '0', label: words.overlapNone },
  { value: '3600', label: words.hours(1) },
  { value: '86400', label: words.hours(24) },
  { value: '604800', label: words.days(7) },
  { value: '2592000', label: words.days(30) },
  { value: 'moment', label: words.overlapUntil },
];
export const MAX_OVERLAP_DAYS = 30;

export type Overlap = { overlap_seconds: number } | { previous_expires_at: string };

/** What a choice asks of the API; the moment is one where the person is. */
export function overlapOf(choice: string, moment: string): Overlap {
  if (choice !== 'moment') return { overlap_seconds: Number(choice) };
  return { previous_expires_at: new Date(moment).toISOString() };
}

/** A minute as a datetime-local input wants it, so many minutes from now. */
export function minuteFromNow(minutes: number, now: Date): string {
  const at = new Date(now.getTime() + minutes * 60_000);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
