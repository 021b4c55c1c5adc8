import * as words from '@/messages/sandbox-measures';

const STEPS = [
  { word: 'day', seconds: 86_400 },
  { word: 'hour', seconds: 3_600 },
  { word: 'minute', seconds: 60 },
] as const;

/** "90 seconds", "5 minutes", "2 hours". */
export function durationWords(seconds: number): string {
  const step = STEPS.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  return step ? words.durations[step.word](seconds / step.seconds) : words.durations.second(seconds);
}

/** How long a sandbox lives. */
export function lifetimeWords({ persistent, ttlSeconds }: { persistent: boolean; ttlSeconds: number }): string {
  return persistent ? words.isKept : words.endsAfter(durationWords(ttlSeconds));
}

/** "2 CPUs, 1 GiB". */
export function sizeWords({ cpu, memoryMb }: { cpu: number; memoryMb: number }): string {
  const memory = memoryMb >= 1_024 ? words.gibibytes(Math.round((memoryMb / 1_024) * 10) / 10) : words.mebibytes(memoryMb);
  return words.size(cpu, memory);
}

/** "84 ms", "1.2 s". */
export function bootWords(bootMs: number): string {
  return bootMs >= 1_000 ? words.seconds(Math.round(bootMs / 100) / 10) : words.milliseconds(bootMs);
}

export const LIFETIMES = [
  { value: '300', label: words.lifetimes[300] },
  { value: '3600', label: words.lifetimes[3600] },
  { value: '86400', label: words.lifetimes[86400] },
  { value: 'keep', label: words.lifetimes.keep },
];

/** What the API is told of a choice among LIFETIMES. */
export function lifetimeOf(choice: string): { persistent: boolean; ttl_seconds?: number } {
  return choice === 'keep' ? { persistent: true } : { persistent: false, ttl_seconds: Number(choice) };
}
