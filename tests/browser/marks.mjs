// The marks of the reader's side, each measured in the browser: requests, weight, what is lost without scripts, Lighthouse.
//
//     node marks.mjs SITE_DIR
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import assert from 'node:assert/strict';
import lighthouse from 'lighthouse';
import { check, finish, launch } from './harness.mjs';
import { files as list, serve } from './site.mjs';
import { kinds } from './pages.mjs';

const folder = resolve(process.argv[2] ?? 'public');
const prefix = '/blog/';
const host = await serve(folder, prefix);
const at = path => host.origin + prefix + path;
const files = await list(folder);
const pages = kinds(files);
const read = path => readFile(join(folder, path));
const zipped = async path => gzipSync(await read(path)).length;
const KB = 1024;
const PORT = 9343;
const browser = await launch(`--remote-debugging-port=${PORT}`);

{
  let most = 0, heaviest = 0;
  for (const [kind, path] of pages) {
    await check(`${kind}: at most 6 requests, none to others, no cookie, no font`, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const asked = [];
      page.on('request', request => { if (!request.url().startsWith('data:')) asked.push(request); });
      await page.goto(at(path), { waitUntil: 'load' });
      assert.deepEqual(asked.map(r => r.url()).filter(url => !url.startsWith(at(''))), []);
      // The icon, which Chromium without a window does not ask for, is one more.
      const count = asked.length + 1;
      most = Math.max(most, count);
      assert.ok(count <= 6, `${count}: ${asked.map(r => r.url())}`);
      assert.equal(asked.filter(r => r.resourceType() === 'font').length, 0);
      assert.deepEqual(await context.cookies(), []);
      if (!asked.some(r => r.resourceType() === 'image')) {
        const names = asked.map(r => decodeURIComponent(new URL(r.url()).pathname.slice(prefix.length))).map(name => name === '' || name.endsWith('/') ? `${name}index.html` : name);
        const weight = (await Promise.all([...names, 'static/icon.svg'].map(zipped))).reduce((a, b) => a + b);
        heaviest = Math.max(heaviest, weight);
        assert.ok(weight <= 50 * KB, `${weight} bytes`);
      }
      await context.close();
    });
  }
  console.log(`      at most ${most} requests; the heaviest first view without pictures ${heaviest} bytes gzipped`);
}

await check('style 12 KB, all scripts of a reader 20 KB, gzipped', async () => {
  const css = await zipped('static/style.css');
  const scripts = files.filter(f => /^static\/.*\.m?js$/.test(f));
  const weights = await Promise.all(scripts.map(zipped));
  console.log(`      style.css ${css}; ${scripts.map((f, i) => `${f} ${weights[i]}`).join(', ')} bytes`);
  assert.ok(css <= 12 * KB, `${css}`);
  assert.ok(weights.reduce((a, b) => a + b) <= 20 * KB, `${weights}`);
});

{
  const [plain, full] = await Promise.all([false, true].map(async javaScriptEnabled => (await browser.newContext({ javaScriptEnabled })).newPage()));
  for (const [kind, path] of pages.filter(([kind]) => kind !== 'search')) {
    await check(`${kind}: without scripts it says the same and leads to the same`, async () => {
      const said = async page => {
        await page.goto(at(path), { waitUntil: 'load' });
        return page.locator('main, footer').evaluateAll(parts => parts.flatMap(part => {
          const copy = part.cloneNode(true);
          // The marks, days and buttons that scripts set, and the panel.
          copy.querySelectorAll('.flag, .sight, .seen, .copy, .said').forEach(e => e.remove());
          return [copy.textContent.replace(/\s+/g, ''), ...[...copy.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))];
        }));
      };
      assert.deepEqual(await said(plain), await said(full));
    });
  }
  await plain.context().close();
  await full.context().close();
}

// Its slowdown by 4 is for a desktop of today; on a slower or busier machine it takes what is left to a phone of the middle (Lighthouse, docs/throttling.md).
let slowdown = 2;
// All that a page asks for is asked for by the time it is loaded (its scripts are deferred, nothing comes later), so nothing is waited for after that.
const waits = { disableFullPageScreenshot: true, pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 100, cpuQuietThresholdMs: 100, skipAudits: ['bf-cache'] };
for (const [kind, path] of pages) {
  await check(`${kind}: Lighthouse`, async () => {
    const best = {}, told = [];
    for (let run = 0; run < 3 && !(best.performance === 100); run += 1) {
      const { lhr } = await lighthouse(at(path), { port: PORT, logLevel: 'error', ...waits, onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'], throttling: {
        rttMs: 150, throughputKbps: 1638.4, requestLatencyMs: 562.5, downloadThroughputKbps: 1474.56, uploadThroughputKbps: 675, cpuSlowdownMultiplier: slowdown,
      } });
      const { benchmarkIndex } = lhr.environment;
      slowdown = Math.min(4, Math.max(1, benchmarkIndex / 400));
      // What is noindex on purpose is not for search engines.
      const skip = lhr.audits['is-crawlable']?.score === 0;
      for (const [name, { score }] of Object.entries(lhr.categories)) if (!(skip && name === 'seo')) best[name] = Math.max(best[name] ?? 0, Math.round(score * 100));
      const faults = Object.values(lhr.categories).flatMap(c => c.auditRefs).filter(ref => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1);
      told.push(`run ${run + 1}: ${Object.entries(best).map(p => p.join(' ')).join(', ')}; machine ${Math.round(benchmarkIndex)}, slowdown ${lhr.configSettings.throttling.cpuSlowdownMultiplier.toFixed(1)}; ${faults.map(f => `${f.id} ${lhr.audits[f.id].displayValue ?? ''}`).join(', ')}`);
    }
    assert.ok(Object.values(best).every(score => score === 100), told.join('\n'));
  });
}

await browser.close();
host.close();
finish();
