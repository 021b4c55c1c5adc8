/** What the form offers; a number counts days from now. */
export const EXPIRY_CHOICES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
  { value: 'date', label: 'On a date…' },
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
