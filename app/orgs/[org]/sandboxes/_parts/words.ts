const STEPS = [
  { word: 'day', seconds: 86_400 },
  { word: 'hour', seconds: 3_600 },
  { word: 'minute', seconds: 60 },
] as const;

/** "90 seconds", "5 minutes", "2 hours". */
export function durationWords(seconds: number): string {
  const step = STEPS.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  const [count, word] = step ? [seconds / step.seconds, step.word] : [seconds, 'second'];
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** How long a sandbox lives. */
export function lifetimeWords({ persistent, ttlSeconds }: { persistent: boolean; ttlSeconds: number }): string {
  return persistent ? 'kept until ended' : `ends after ${durationWords(ttlSeconds)} idle`;
}

/** "2 CPUs, 1 GiB". */
export function sizeWords({ cpu, memoryMb }: { cpu: number; memoryMb: number }): string {
  const memory = memoryMb >= 1_024 ? `${Math.round((memoryMb / 1_024) * 10) / 10} GiB` : `${memoryMb} MiB`;
  return `${cpu} CPU${cpu === 1 ? '' : 's'}, ${memory}`;
}

/** "84 ms", "1.2 s". */
export function bootWords(bootMs: number): string {
  return bootMs >= 1_000 ? `${Math.round(bootMs / 100) / 10} s` : `${bootMs} ms`;
}

export const LIFETIMES = [
  { value: '300', label: 'Ends after 5 minutes idle' },
  { value: '3600', label: 'Ends after 1 hour idle' },
  { value: '86400', label: 'Ends after 24 hours idle' },
  { value: 'keep', label: 'Kept until somebody ends it' },
];

/** What the API is told of a choice among LIFETIMES. */
export function lifetimeOf(choice: string): { persistent: boolean; ttl_seconds?: number } {
  return choice === 'keep' ? { persistent: true } : { persistent: false, ttl_seconds: Number(choice) };
}
