import { globSync, readFileSync } from 'node:fs';
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD, PHASE_PRODUCTION_SERVER } from 'next/constants.js';
import { expect, test } from 'vitest';
import nextConfig from '@/next.config';

const sources = globSync('app/gallery/**/*.tsx').map((file) => readFileSync(file, 'utf8'));
const components = globSync('app/_ui/*.tsx').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^export (?:function|const) ([A-Z][a-z]\w*)/gm)].map(([, name = '']) => name),
);
/** Shown by another: a layout mounts it, or a component here loads it. */
const SHOWN_BY: Record<string, string> = {
  Toaster: 'toast.success(',
  ToastList: 'toast.success(',
  ToastsAtHand: 'toast.success(',
};

test('there are components to look for', () => {
  expect(components.length).toBeGreaterThan(40);
});

test('the gallery shows every component of app/_ui', () => {
  const isShown = (name: string) =>
    sources.some((source) => new RegExp(`<${name}\\b`).test(source) || source.includes(SHOWN_BY[name] ?? '\0'));
  expect(components.filter((name) => !isShown(name))).toEqual([]);
});

test('its file name makes it a page in development alone', () => {
  const knows = (phase: string) => nextConfig(phase).pageExtensions?.includes('dev.tsx') ?? false;
  expect([PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD, PHASE_PRODUCTION_SERVER].map(knows)).toEqual([true, false, false]);
  expect(globSync('app/gallery/**/{page,route,layout}.*')).toEqual(['app/gallery/page.dev.tsx']);
});
