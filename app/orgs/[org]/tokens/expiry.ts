import * as words from '@/messages/tokens';

/** What the form offers; a number counts days from now. */
export const EXPIRY_CHOICES = [
  { value: '30', label: words.days(30) },
  { value: '90', label: words.days(90) },
  { value: '365', label: words.years(1) },
  { value: 'never', label: words.expiryNever },
  { value: 'date', label: words.expiryOnDate },
];

/** The moment a choice stands for: the end of the picked day where the person is, or null for never. */
export function expiryOf(choice: string, day: string, now: Date): Date | null {
  if (choice === 'never') return null;
  if (choice === 'date') return new Date(`${day}T23:59:59`);
  const end = new Date(now);
  end.setDate(end.getDate() + Number(choice));
  return end;
}

/** A day as a date input wants it, so many days from now. */
export function dayFromNow(days: number, now: Date): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
