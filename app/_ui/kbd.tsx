/** A key as it stands on a keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border bg-canvas px-1 font-sans text-[11px] text-muted leading-none">
      {children}
    </kbd>
  );
}
