import { expect, type Locator, type Page } from '@playwright/test';
import type { TourWorld, Visitor } from './tour-world';

/** One state of one screen, and how somebody gets there. */
export interface Scene {
  name: string;
  as: Visitor;
  /** Absolute, or below the product's address. */
  at: string | ((world: TourWorld) => string);
  /** Before the page is asked for: what shall fail, or wait. */
  before?: (page: Page) => Promise<unknown>;
  /** What is done there, and what one waits for. */
  act?: (page: Page, world: TourWorld) => Promise<unknown>;
  /** Drawn on a phone only. */
  phone?: boolean;
}

/** Opens the scene, and lets nothing on it be half there. */
export async function openScene(page: Page, scene: Scene, world: TourWorld): Promise<void> {
  await scene.before?.(page);
  const at = typeof scene.at === 'string' ? scene.at : scene.at(world);
  await page.goto(new URL(at, world.product.url).href);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState('load');
  await scene.act?.(page, world);
}

/** Once nothing is grey any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main .animate-breathe')).toHaveCount(0);
}

/** Presses the button of this name and waits for what it opens. */
export function opens(name: string | RegExp, then?: (dialog: Locator, page: Page) => Promise<unknown>) {
  return async (page: Page) => {
    await page.getByRole('button', { name }).filter({ visible: true }).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await then?.(dialog, page);
  };
}

/** Presses the button of this name and waits for its menu. */
export function opensMenu(name: RegExp) {
  return async (page: Page) => {
    await page.getByRole('button', { name }).filter({ visible: true }).first().click();
    await expect(page.getByRole('menu')).toBeVisible();
  };
}

/** Chooses from the menu of a button what asks something first. */
export function chooses(menu: RegExp, item: string | RegExp) {
  return async (page: Page) => {
    await opensMenu(menu)(page);
    await page.getByRole('menuitem', { name: item }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  };
}

/** Never answers: what waits can be looked at. */
export function holds(path: string) {
  return (page: Page) => page.route(path, () => new Promise(() => undefined));
}
