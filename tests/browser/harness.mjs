// What the tests in the browser share: checks that are counted, and the browser.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

let passed = 0, failed = 0;

/** Runs `body`, which throws if `name` is not so. */
export async function check(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error.message ?? error).replaceAll('\n', '\n      ')}`);
  }
}

/** Says how many checks there were, and ends: with status 1 if any failed. */
export function finish() {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

/** Debian's Chromium, which asks nothing of the net by itself; with `more` of its options. */
export const launch = (...more) => chromium.launch({
  executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync),
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more],
});
