import { cn } from './class-names';

interface MeterProps {
  /** What is measured, for screen readers: "CPU". */
  label: string;
  used: number;
  total: number;
  /** How it is told in words: "3 of 8". */
  text: string;
  /** More than the total is no trouble: CPUs are shared. */
  mayExceed?: boolean;
}

const NEARLY_FULL = 0.85;

/** How much of something is taken: a thin bar and its numbers. */
export function Meter({ label, used, total, text, mayExceed = false }: MeterProps) {
  const share = total > 0 ? Math.min(1, Math.max(0, used / total)) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw their own meter, each in its own colours
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.min(used, total)}
      aria-valuetext={text}
      className="min-w-20"
    >
      <div className="h-1 overflow-hidden rounded-full bg-hover forced-colors:outline">
        <div
          data-mark
          className={cn('h-full rounded-full', share >= NEARLY_FULL && !mayExceed ? 'bg-danger' : 'bg-accent')}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <span className="mt-1 block whitespace-nowrap text-muted text-xs tabular-nums">{text}</span>
    </div>
  );
}
