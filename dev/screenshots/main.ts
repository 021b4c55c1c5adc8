import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath } from '../../e2e/support/chromium-path';
import { PHONE } from '../../e2e/support/page-faults';
import { ACTS } from '../../e2e/tour/acts';
import { openScene, type Scene } from '../../e2e/tour/scene';
import { startTour, type TourWorld } from '../../e2e/tour/tour-world';
import { buildProduct } from '../build';
import { contactSheet } from './contact-sheet';

const DESKTOP = { width: 1280, height: 800 };
const FOLDER = 'screenshots';
const PICTURES = join('docs', 'pictures');
const MOST_BYTES = 150 * 1024;
const LOOKS = [
  { name: 'light', colorScheme: 'light', size: DESKTOP },
  { name: 'dark', colorScheme: 'dark', size: DESKTOP },
  { name: 'phone', colorScheme: 'light', size: PHONE },
] as const;

/** Which scenes the README shows, and in which look. */
const FOR_README: Record<string, (typeof LOOKS)[number]['name']> = {
  overview: 'light',
  members: 'light',
  'sandbox-terminal': 'dark',
  observability: 'dark',
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });

/** `npm run screenshots`: every screen and state of a product with demo data as a PNG, in light, dark and on a phone. `--only <part of a name>` for some. */
async function main(): Promise<void> {
  await buildProduct();
  if (!values.only) rmSync(FOLDER, { recursive: true, force: true });
  for (const folder of [FOLDER, PICTURES]) mkdirSync(folder, { recursive: true });
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    ...(executablePath && { executablePath }),
  });
  const world = await startTour(browser);
  const failed = await drawAll(world).finally(async () => {
    await world.stop();
    await browser.close();
  });
  writeFileSync(
    join(FOLDER, 'index.html'),
    contactSheet(
      ACTS,
      LOOKS.map(({ name }) => name),
    ),
  );
  console.log(`The contact sheet is ${join(FOLDER, 'index.html')}`);
  for (const name of failed) console.error(`could not be drawn: ${name}`);
  process.exit(failed.length > 0 ? 1 : 0);
}

async function drawAll(world: TourWorld): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, begin, scenes } of ACTS) {
    console.log(name);
    await begin(world);
    for (const scene of scenes.filter(isWanted)) {
      const page = await world.pageOf(scene.as);
      await draw(page, scene, world).catch((error: unknown) => {
        console.error(error);
        failed.push(scene.name);
      });
      await page.close();
    }
  }
  return failed;
}

function isWanted({ name }: Scene): boolean {
  return values.only === undefined || name.includes(values.only);
}

async function draw(page: Page, scene: Scene, world: TourWorld): Promise<void> {
  const looks = scene.phone ? LOOKS.filter(({ name }) => name === 'phone') : LOOKS;
  page.setDefaultTimeout(20_000);
  await page.setViewportSize(looks[0]?.size ?? DESKTOP);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openScene(page, scene, world);
  for (const { name, colorScheme, size } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Charts measure themselves a moment after their box has changed.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const look = { caret: 'hide', animations: 'disabled' } as const;
    await page.screenshot({ ...look, path: join(FOLDER, `${scene.name}-${name}.png`), fullPage: !(await hasDialog(page)) });
    if (FOR_README[scene.name] === name) await drawForReadme(page, scene.name);
  }
}

function hasDialog(page: Page): Promise<boolean> {
  return page.getByRole('dialog').first().isVisible();
}

async function drawForReadme(page: Page, name: string): Promise<void> {
  const path = join(PICTURES, `${name}.png`);
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' });
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${MOST_BYTES}`);
}

await main();
