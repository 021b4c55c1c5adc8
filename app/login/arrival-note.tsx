import { arrivals } from '@/messages/login';
import { Note } from '../_ui/note';

/** Why one stands at the sign-in page; nothing for a reason we do not know. */
export function ArrivalNote({ reason }: { reason: unknown }) {
  const words = typeof reason === 'string' && Object.hasOwn(arrivals, reason) ? arrivals[reason] : undefined;
  return words ? (
    <Note role="status" className="mb-5">
      {words}
    </Note>
  ) : null;
}
