const STORED = 'pandastack:single-keys';

/** Whether keys without a modifier do something in this browser. WCAG 2.1.4: whoever speaks to the computer must be able to switch them off. */
export function singleKeysOn(): boolean {
  return localStorage.getItem(STORED) !== 'off';
}

export function switchSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, 'off');
}
