import type { Session, SupabaseClient, User } from '@supabase/supabase-js';
import { adminClient, anonClient } from './clients';
import type { Target } from './target';

export const PASSWORD = 'correct horse battery';

export const newAddress = (): string => `person-${crypto.randomUUID()}@example.com`;

export interface Person {
  user: User;
  email: string;
}

export async function newPerson(target: Target, isConfirmed = true): Promise<Person> {
  const email = newAddress();
  const { data, error } = await adminClient(target).auth.admin.createUser({
    email,
    password: PASSWORD,
    email_confirm: isConfirmed,
  });
  if (error) throw error;
  return { user: data.user, email };
}

export interface SignedInPerson extends Person {
  client: SupabaseClient;
  session: Session;
}

export async function newSignedInPerson(target: Target): Promise<SignedInPerson> {
  const person = await newPerson(target);
  return { ...person, ...(await signIn(target, person.email)) };
}

/** One more session of the same person, as from another device. */
export async function signIn(target: Target, email: string, password = PASSWORD) {
  const client = anonClient(target);
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return { client, session: data.session };
}
