import { Secret, TOTP } from 'otpauth';
import { create } from 'qrcode';

const SECRET_BYTES = 20;
const BLOCK = 3;
const QUIET_ZONE_BLOCKS = 4;

export interface TotpEnrolment {
  secret: string;
  uri: string;
  /** An SVG document with named colours only: clients put it into a data URL, where a hash would end it. */
  qr_code: string;
}

export function newTotpEnrolment(issuer: string, account: string): TotpEnrolment {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  const label = escapePath(`${issuer}:${account}`);
  const uri = `otpauth://totp/${label}?algorithm=SHA1&digits=6&issuer=${escapePath(issuer)}&period=30&secret=${secret}`;
  return { secret, uri, qr_code: drawQrCode(uri) };
}

/** Accepts the code of this half minute, the one before and the one after, as Supabase does; the same one again too. */
export function isTotpCode(code: string, secret: string): boolean {
  const token = code.trim();
  return token.length === 6 && TOTP.validate({ token, secret: Secret.fromBase32(secret), window: 1 }) !== null;
}

/** As Go escapes a path: colons and at signs stay readable. */
const escapePath = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%40', '@');

function drawQrCode(text: string): string {
  const { size, data } = create(text, { errorCorrectionLevel: 'H' }).modules;
  const width = (size + 2 * QUIET_ZONE_BLOCKS) * BLOCK;
  const blocks = Array.from(data, (isDark, index) => {
    const x = ((index % size) + QUIET_ZONE_BLOCKS) * BLOCK;
    const y = (Math.floor(index / size) + QUIET_ZONE_BLOCKS) * BLOCK;
    return `<rect x="${x}" y="${y}" width="${BLOCK}" height="${BLOCK}" style="fill:${isDark ? 'black' : 'white'};stroke:none" />`;
  });
  const attributes = `width="${width}" height="${width}"\n     xmlns="http://www.w3.org/2000/svg"`;
  return `<?xml version="1.0"?>\n<svg ${attributes}>\n${blocks.join('\n')}\n</svg>\n`;
}
