import { BlockList, isIP } from 'node:net';
import type { Context } from 'hono';
import type { AuthServerConfig } from '../options';
import { compileGlob } from './glob';

const REGULAR_HOSTNAME = /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/;
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1', '0.0.0.0', '::'];

interface UrlParts {
  scheme: string;
  hostname: string;
  port: string;
}

/** Where this request's link may lead: the asked-for URL, else the referrer, else the site, whichever is allowed first. */
export function resolveRedirect(config: AuthServerConfig, c: Context): string {
  const asked = c.req.header('redirect_to') || c.req.query('redirect_to') || '';
  if (isRedirectAllowed(config, asked)) return asked;
  const referrer = c.req.header('Referer') ?? '';
  return isRedirectAllowed(config, referrer) ? referrer : config.siteUrl;
}

/** The allow-list rules of Supabase Auth, including its free pass for loopback addresses. */
export function isRedirectAllowed(config: AuthServerConfig, url: string): boolean {
  const site = splitUrl(config.siteUrl);
  const target = splitUrl(url);
  if (!url || !site || !target) return false;
  if (isSameSite(site, target)) return true;
  if (/^\d+$/.test(target.hostname)) return false;
  if (isIP(target.hostname)) return isLoopbackAddress(target.hostname);
  if (/^https?$/i.test(target.scheme) && !REGULAR_HOSTNAME.test(target.hostname)) return false;
  const [withoutFragment = ''] = url.split('#', 1);
  return config.redirectUrls.some((pattern) => compileGlob(pattern).test(withoutFragment));
}

function isSameSite(site: UrlParts, target: UrlParts): boolean {
  if (site.hostname !== target.hostname || site.scheme !== target.scheme) return false;
  return site.port === target.port || isLoopbackName(target.hostname);
}

function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return LOOPBACK_NAMES.includes(name) || name.endsWith('.localhost');
}

const LOOPBACK_ADDRESSES = new BlockList();
LOOPBACK_ADDRESSES.addSubnet('127.0.0.0', 8);
LOOPBACK_ADDRESSES.addAddress('::1', 'ipv6');

function isLoopbackAddress(address: string): boolean {
  return LOOPBACK_ADDRESSES.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Splits like Go's net/url, which Supabase judges with. The WHATWG parser would repair what Go
 * refuses (a backslash, say), and a different reading of one URL is how open redirects arise.
 */
function splitUrl(url: string): UrlParts | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u001f\u007f]/.test(url.split('#', 1)[0] ?? '')) return undefined;
  // Escapes in the query are nobody's business; elsewhere they must be whole.
  if (/%(?![0-9a-fA-F]{2})/.test(url.replace(/\?[^#]*/, ''))) return undefined;
  const match = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?/.exec(url);
  const scheme = (match?.[1] ?? '').toLowerCase();
  const authority = match?.[2] ?? '';
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) return undefined;
  const host = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9\-._~!$&'()*+,;="<>]*)(?::(\d*))?$/.exec(authority.slice(at + 1));
  if (!host) return undefined;
  return { scheme, hostname: (host[1] ?? '').replace(/^\[|\]$/g, ''), port: host[2] ?? '' };
}
