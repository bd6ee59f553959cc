// Every kind of page on paper: printed by the browser, read back from the PDF.
//
//     node print.mjs SITE_DIR [--shots DIR]
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { check, finish, launch } from './harness.mjs';
import { files as list, serve } from './site.mjs';
import { kinds } from './pages.mjs';

const folder = resolve(process.argv[2] ?? 'public');
const shots = process.argv.includes('--shots') ? resolve(process.argv[process.argv.indexOf('--shots') + 1]) : undefined;
if (shots) await mkdir(shots, { recursive: true });
const prefix = '/blog/';
const host = await serve(folder, prefix);
const browser = await launch();
const A4 = [595.3, 841.9];
/** Letters and digits alone: lines and hyphens are the matter of each medium. */
const bare = text => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

const context = await browser.newContext({ viewport: { width: 660, height: 900 }, colorScheme: 'dark' });
const page = await context.newPage();
await page.clock.setFixedTime(new Date('2024-10-16T09:00:00+03:00'));
// Somebody who reads in large white on black prints as everybody does.
await page.addInitScript(() => { localStorage.sight = 'v-tone v-black v-largest'; });
let sheets = 0;

for (const [kind, path] of kinds(await list(folder))) {
  await check(`${kind}: on A4, with address, day and numbers of sheets, whole, without the menu`, async () => {
    await page.emulateMedia({ media: 'print' });
    await page.goto(host.origin + prefix + path);
    const { title, pieces, heads, menu, address } = await page.evaluate(() => {
      const hidden = e => e && (e.classList.contains('aloud') || getComputedStyle(e).clipPath !== 'none' || hidden(e.parentElement));
      const shown = of => [...document.querySelectorAll(of)].filter(e => e.checkVisibility() && !hidden(e));
      const own = e => [...e.childNodes].find(n => n.nodeType === Node.TEXT_NODE && n.data.trim())?.data ?? '';
      return {
        title: document.querySelector('h1').innerText,
        pieces: shown('main :is(p, li, td, th, dt, dd, a, span, time)').map(own),
        heads: shown('main :is(h1, h2, h3)').map(e => e.innerText),
        menu: document.querySelector('.menu')?.textContent ?? '',
        address: document.querySelector('link[rel=canonical]')?.href ?? location.pathname,
      };
    });
    await page.emulateMedia({ media: null });
    const data = await page.pdf({ preferCSSPageSize: true });
    if (shots) await writeFile(join(shots, `${kind.replace(/\W+/g, '-')}.pdf`), data);
    const paper = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
    let all = '';
    for (let n = 1; n <= paper.numPages; n += 1) {
      const sheet = await paper.getPage(n);
      const { width, height } = sheet.getViewport({ scale: 1 });
      assert.ok([width, height].sort((a, b) => a - b).every((side, i) => Math.abs(side - A4[i]) < 1), `sheet ${n}: ${width} × ${height} pt`);
      const items = (await sheet.getTextContent()).items.filter(item => item.str.trim());
      const words = items.map(item => item.str).join('');
      assert.ok(bare(words).includes(bare(address)), `sheet ${n}: no ${address}`);
      assert.ok(words.includes('Напечатано') && bare(words).includes('16октября2024'), `sheet ${n}: no day`);
      assert.ok(bare(words).includes(`${n}${paper.numPages}`), `sheet ${n}: no number`);
      for (const { str, transform: [, , , , x, y], width: wide } of items) {
        assert.ok(x >= 20 && x + wide <= width - 20 && y >= 15 && y <= height - 15, `sheet ${n}: «${str}» stands at ${Math.round(x)}, ${Math.round(y)}`);
      }
      // What stands lowest above the margin is no heading, but on the last sheet.
      const text = items.filter(item => item.transform[5] > 52);
      const lowest = Math.min(...text.map(item => item.transform[5]));
      const last = bare(text.filter(item => item.transform[5] < lowest + 2 && item.height > 10).map(item => item.str).join(''));
      if (n < paper.numPages) assert.ok(!heads.some(head => last.length > 3 && bare(head).endsWith(last)), `sheet ${n} ends with the heading «${last}»`);
      all += bare(words);
    }
    sheets += paper.numPages;
    assert.ok(all.includes(bare(title)), 'its title');
    const gone = pieces.filter(piece => !all.includes(bare(piece).slice(0, 12)));
    assert.deepEqual(gone.slice(0, 4), [], 'what the page says and the paper does not');
    if (menu) assert.ok(!all.includes(bare(menu)), 'the menu is printed');
    assert.ok(!all.includes(bare('Версия для слабовидящих')) || kind === 'accessibility', 'the panel is printed');
  });
}
console.log(`      ${sheets} sheets`);

await check('without scripts the day is that of the content', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(`${host.origin}${prefix}archive/`);
  const paper = await getDocument({ data: new Uint8Array(await still.pdf({ preferCSSPageSize: true })), verbosity: 0 }).promise;
  const { items } = await (await paper.getPage(1)).getTextContent();
  assert.match(items.map(item => item.str).join(''), /по\s?состоянию\s?на\s?\d+\s?\p{L}+\s?20\d\d/u);
  await plain.close();
});

await check('a plan prints as a table: its head on each sheet that has rows, no row in two pieces', async () => {
  await page.goto(`${host.origin}${prefix}plans/tula-2024/`);
  const paper = await getDocument({ data: new Uint8Array(await page.pdf({ preferCSSPageSize: true })), verbosity: 0 }).promise;
  let rows = 0;
  for (let n = 1; n <= paper.numPages; n += 1) {
    const texts = (await (await paper.getPage(n)).getTextContent()).items.map(item => item.str.trim()).filter(Boolean);
    const here = texts.filter(text => /^\d\.\d$/.test(text)).length;
    if (here) assert.ok(texts.includes('Ответственный'), `sheet ${n} has ${here} rows and no head`);
    rows += here;
  }
  assert.ok(rows >= 23, `${rows} rows`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('table.plan tbody tr')).breakInside), 'avoid');
});

await browser.close();
host.close();
finish();
