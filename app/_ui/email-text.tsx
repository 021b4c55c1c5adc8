/** An address inside a sentence: moves to the next line whole instead of breaking at its hyphens. */
export function EmailText({ children }: { children: string }) {
  return (
    <span title={children} className="inline-block max-w-full truncate align-bottom">
      {children}
    </span>
  );
}
