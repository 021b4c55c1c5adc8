import type { BrowserAuth } from '@/lib/supabase/browser-client';

export interface TotpEnrolment {
  factorId: string;
  /** For those who cannot scan. */
  secret: string;
  /** A data URL. */
  qrCode: string;
}

/** Begins an enrolment after removing those that were never finished: they would count against the limit. Throws AuthError. */
export async function startEnrolment(auth: BrowserAuth, name: string): Promise<TotpEnrolment> {
  const listed = await auth.mfa.listFactors();
  if (listed.error) throw listed.error;
  for (const { id, status } of listed.data.all) {
    if (status === 'verified') continue;
    const { error } = await auth.mfa.unenroll({ factorId: id });
    if (error && error.code !== 'mfa_factor_not_found') throw error;
  }
  const { data, error } = await auth.mfa.enroll({ factorType: 'totp', friendlyName: name, issuer: window.location.host });
  if (error) throw error;
  return { factorId: data.id, secret: data.totp.secret, qrCode: asDataUrl(data.totp.qr_code) };
}

/** The library puts the bare SVG behind its prefix, where a "#" in it would end the picture. */
export function asDataUrl(qrCode: string): string {
  const prefix = 'data:image/svg+xml;utf-8,';
  return qrCode.startsWith(prefix) ? `data:image/svg+xml,${encodeURIComponent(qrCode.slice(prefix.length))}` : qrCode;
}
