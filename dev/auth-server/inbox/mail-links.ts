import type { Mail } from '../store/mails';

const URL_IN_TEXT = /https?:\/\/[^\s<>"')\]]+/g;
const HREF_IN_HTML = /href="([^"]+)"/g;

/** Every web link of a mail once, in order of appearance, HTML first. */
export function linksOf(mail: Pick<Mail, 'text' | 'html'>): string[] {
  const fromHtml = [...mail.html.matchAll(HREF_IN_HTML)].map((match) => decodeEntities(match[1] ?? ''));
  const fromText = mail.text.match(URL_IN_TEXT) ?? [];
  return [...new Set([...fromHtml, ...fromText])].filter((link) => /^https?:\/\//.test(link));
}

export interface TextPart {
  text: string;
  isLink: boolean;
}

/** Splits plain text so that a page can turn its links into anchors. */
export function splitLinks(text: string): TextPart[] {
  const parts = text.split(/(https?:\/\/[^\s<>"')\]]+)/);
  return parts.map((part, index) => ({ text: part, isLink: index % 2 === 1 }));
}

function decodeEntities(value: string): string {
  return value
    .replaceAll('&#43;', '+')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
