import { cn } from './class-names';
import { CopyButton } from './copy-button';

interface CopyFieldProps {
  value: string;
  /** What is copied: "Copy the invite link". */
  label: string;
  className?: string;
}

/** A value in mono with its copy button: ids, links, one-time secrets, curl lines. */
export function CopyField({ value, label, className }: CopyFieldProps) {
  return (
    <div className={cn('flex items-start gap-1 rounded-md border bg-sunken py-0.5 pr-0.5 pl-2.5', className)}>
      <code className="wrap-anywhere min-w-0 flex-1 select-all whitespace-pre-wrap py-1 font-mono text-ink text-xs leading-5">
        {value}
      </code>
      <CopyButton value={value} label={label} />
    </div>
  );
}
