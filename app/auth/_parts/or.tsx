import * as words from '@/messages/login-form';

export function Or() {
  return (
    <div
      aria-hidden="true"
      className="flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
    >
      {words.or}
    </div>
  );
}
