import { toast } from '@/app/_ui/toast';
import { asApiError } from '@/lib/api-client/api-error';

/** Tells why something was refused, and what to do next. */
export function toastRefusal(thrown: unknown): void {
  const { message, hint } = asApiError(thrown);
  toast.error(message, { description: hint });
}
