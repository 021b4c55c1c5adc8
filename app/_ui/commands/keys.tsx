/** Keys as they stand on a keyboard: "g m" is two of them, one after the other. */
export function Keys({ of }: { of: string }) {
  return (
    <span className="inline-flex gap-1">
      {of.split(' ').map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice
        <kbd key={index} className="min-w-5 rounded-sm border bg-canvas px-1 text-center font-sans text-muted text-xs">
          {key}
        </kbd>
      ))}
    </span>
  );
}
