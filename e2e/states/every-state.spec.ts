import { expect, type Page, test } from '@playwright/test';
import { axeFaultsOf, PHONE } from '../support/page-faults';
import { ACTS } from '../tour/acts';
import { openScene, type Scene } from '../tour/scene';
import { startTour, type TourWorld } from '../tour/tour-world';

// Each act leaves the server as the next one needs it.
test.describe.configure({ mode: 'serial', timeout: 900_000 });

/** Their title is a name that is still being asked for: the rest of the grey page must have no fault all the same. */
const WITHOUT_TITLE = ['overview-loading'];

let world: TourWorld;
test.beforeAll(async ({ browser }) => {
  world = await startTour(browser);
});
test.afterAll(() => world?.stop());

/** A page that was not fetched ahead in time shows nothing grey; opened anew, it is. */
const TRIES = 3;

async function openedScene(scene: Scene, tries = TRIES): Promise<Page> {
  const page = await world.pageOf(scene.as);
  if (scene.phone) await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  try {
    await openScene(page, scene, world);
    return page;
  } catch (error) {
    await page.close();
    if (tries === 1 || !scene.name.endsWith('-loading')) throw error;
    return openedScene(scene, tries - 1);
  }
}

async function faultsIn(scene: Scene): Promise<string[]> {
  const page = await openedScene(scene);
  const excused = WITHOUT_TITLE.includes(scene.name) ? ['page-has-heading-one'] : [];
  const faults = await axeFaultsOf(page, scene.name, { excused });
  await page.close();
  return faults;
}

for (const { name, begin, scenes } of ACTS) {
  test(`no state of ${name} has an accessibility fault in either theme`, async () => {
    await begin(world);
    const faults: string[] = [];
    for (const scene of scenes) faults.push(...(await test.step(scene.name, () => faultsIn(scene))));
    expect(faults).toEqual([]);
  });
}
