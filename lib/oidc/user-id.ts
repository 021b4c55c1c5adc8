const MAX_SUBJECT = 255;

/**
 * `<issuer>|<sub>`: two providers can never mean the same person. Null for a subject that OpenID Connect does not allow (Core,
 * section 2: at most 255 characters) or that a database could not tell from another.
 */
export function userIdOf(issuer: string, subject: unknown): string | null {
  if (typeof subject !== 'string' || subject === '' || subject.length > MAX_SUBJECT) return null;
  return subject.isWellFormed() && !/\p{Cc}/u.test(subject) ? `${issuer}|${subject}` : null;
}

/** The provider's own name for a person; null when the id came from another issuer. */
export function subjectOf(issuer: string, userId: string): string | null {
  return userId.startsWith(`${issuer}|`) ? userId.slice(issuer.length + 1) : null;
}
