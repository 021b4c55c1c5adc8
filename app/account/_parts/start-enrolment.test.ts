import { expect, test } from 'vitest';
import { asDataUrl } from './start-enrolment';

test('a picture with colours and quotes survives in its address', () => {
  const svg = '<svg fill="#000">100%</svg>';
  const url = asDataUrl(`data:image/svg+xml;utf-8,${svg}`);
  expect(url).toMatch(/^data:image\/svg\+xml,[^#"<>]*$/);
  expect(decodeURIComponent(url.slice(url.indexOf(',') + 1))).toBe(svg);
});

test('a picture in another encoding is left alone', () => {
  expect(asDataUrl('data:image/png;base64,AAAA')).toBe('data:image/png;base64,AAAA');
});
