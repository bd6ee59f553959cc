// Barriers: the panel «Версия для слабовидящих», WCAG 2.2 AA beyond what axe sees of a page as it opens, tables as they are read aloud.
//
//     node access.mjs SITE_DIR [--without SITE_DIR]
//
// `--without` is a site whose setting `accessibility_panel` is off.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import assert from 'node:assert/strict';
import { check, finish, launch } from './harness.mjs';
import { files as list, serve } from './site.mjs';
import { kinds } from './pages.mjs';

const folder = resolve(process.argv[2] ?? 'public');
const without = process.argv.includes('--without') ? resolve(process.argv[process.argv.indexOf('--without') + 1]) : undefined;
const prefix = '/blog/';
const host = await serve(folder, prefix);
const at = path => host.origin + prefix + path;
const files = await list(folder);
const pages = kinds(files);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch();

/** What axe finds, with the rules that it leaves to those who ask: size of targets, and `more`. */
async function violations(page, more = {}) {
  const found = await page.evaluate(
    rules => window.axe.run(document, { resultTypes: ['violations'], rules }).then(result => result.violations),
    { 'target-size': { enabled: true }, ...more },
  );
  return found.map(v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.any[0]?.message ?? ''}`).slice(0, 3).join(' | ')}`);
}

/** Text that is cut off, or stands outside the window and outside a box that scrolls. Runs in the page. */
function lost() {
  const out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!text.data.trim() || parent.closest('script, style, .aloud, .skip, [aria-hidden="true"]') || !parent.checkVisibility()) continue;
    range.selectNodeContents(text);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    if (right - left < 1) continue;
    for (let box = parent; box; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      if (box.classList.contains('aloud') || style.clipPath !== 'none') break;
      if (['auto', 'scroll'].includes(style.overflowX)) break;
      const cut = style.overflowX === 'hidden' && (right > edge.right + 2 || left < edge.left - 2 || bottom > edge.bottom + 4 || top < edge.top - 4);
      const outside = box === document.body && (right > innerWidth + 1 || left < -1);
      if (cut || outside) { out.push(`${cut ? 'cut' : 'outside'}: «${text.data.trim().slice(0, 40)}» in ${parent.tagName}.${parent.className}`); break; }
    }
  }
  return out.slice(0, 5);
}

const TONES = ['v-tone v-white', 'v-tone v-black v-largest', 'v-tone v-blue v-large', 'v-tone v-beige v-serif v-wide v-open'];

{
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript(() => { localStorage.sight = 'v-tone v-white'; });
  for (const [kind, path] of pages) {
    await check(`${kind}: axe in the four schemes of the panel, contrast of 7 : 1, nothing lost in large type`, async () => {
      await page.goto(at(path));
      await page.evaluate(axe);
      for (const tone of TONES) {
        await page.evaluate(names => { document.documentElement.className = `js ${names}`; }, tone);
        assert.deepEqual(await violations(page, { 'color-contrast-enhanced': { enabled: true } }), [], tone);
        assert.deepEqual(await page.evaluate(lost), [], tone);
      }
    });
  }
  await context.close();
}

{
  const context = await browser.newContext({ viewport: { width: 1280, height: 700 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  for (const [kind, path] of pages) {
    await check(`${kind}: focus is seen and under nothing; targets have their size; text doubled loses nothing`, async () => {
      await page.goto(at(path));
      await page.keyboard.press('Tab');
      const faults = await page.evaluate(() => {
        const out = [];
        const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(e => e.checkVisibility() && e.getClientRects().length);
        // From the end: what is scrolled to from below comes to stand at the top, under what sticks there.
        for (const element of all.reverse()) {
          element.focus();
          if (document.activeElement !== element) continue;
          const name = `${element.tagName} «${element.textContent.trim().slice(0, 30)}»`;
          const style = getComputedStyle(element);
          if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) out.push(`no outline: ${name}`);
          const hit = [...element.getClientRects()].some(r => [[r.left + 2, r.top + 2], [r.right - 2, r.bottom - 2], [(r.left + r.right) / 2, (r.top + r.bottom) / 2]]
            .some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (element.contains(top) || top.contains(element)); }));
          if (!hit) out.push(`under something: ${name}`);
        }
        return out.slice(0, 4);
      });
      assert.deepEqual(faults, []);
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto', 'reduced motion');
      await page.evaluate(() => { scrollTo(0, 0); document.documentElement.style.fontSize = '225%'; });
      assert.deepEqual(await page.evaluate(lost), [], 'text of 200 %');
    });
  }
  await context.close();
}

{
  const context = await browser.newContext({ viewport: { width: 360, height: 700 }, bypassCSP: true });
  const page = await context.newPage();
  for (const [kind, path] of pages) {
    await check(`${kind}: on a phone nothing is lost, in the usual size, spaced out and doubled; targets have their size`, async () => {
      await page.goto(at(path));
      await page.evaluate(axe);
      const small = await page.evaluate(() => window.axe.run(document, { runOnly: ['target-size'], rules: { 'target-size': { enabled: true } } }).then(r => r.violations.flatMap(v => v.nodes.map(n => n.html.slice(0, 100)))));
      assert.deepEqual(small, []);
      assert.deepEqual(await page.evaluate(lost), []);
      await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' });
      assert.deepEqual(await page.evaluate(lost), [], 'WCAG 2.2, 1.4.12');
      await page.evaluate(() => { document.querySelectorAll('style').forEach(s => s.remove()); document.documentElement.style.fontSize = '225%'; });
      assert.deepEqual(await page.evaluate(lost), [], 'text of 200 %');
    });
  }
  await context.close();
}

for (const width of [320, 1280]) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  for (const [kind, path] of pages) {
    if (!(await readFile(join(folder, path, 'index.html'), 'utf8')).includes('<table')) continue;
    await check(`${kind}, ${width} px: each table has a name, and heads for its cells, in the accessibility tree`, async () => {
      await page.goto(at(path));
      const { nodes } = await cdp.send('Accessibility.getFullAXTree');
      const known = new Map(nodes.map(n => [n.nodeId, n]));
      const inside = (node, role) => (node.childIds ?? []).map(id => known.get(id)).filter(Boolean).flatMap(n => n.role?.value === role ? [n] : inside(n, role));
      const shown = await page.evaluate(() => [...document.querySelectorAll('table')].filter(t => t.checkVisibility() && t.getClientRects().length).length);
      const tables = nodes.filter(n => n.role?.value === 'table' && !n.ignored);
      assert.equal(tables.length, shown, 'tables that are shown are tables in the tree');
      for (const table of tables) {
        const around = [];
        for (let n = table; n; n = known.get(n.parentId)) if (['table', 'region'].includes(n.role?.value)) around.push(n.name?.value);
        assert.ok(around.some(Boolean), 'a table without a name');
        const rows = inside(table, 'row');
        assert.ok(rows.length > 0, `${around[0]}: no rows`);
        const heads = rows.flatMap(row => [...inside(row, 'columnheader'), ...inside(row, 'rowheader')]);
        assert.ok(heads.length > 0, `${around[0]}: no heads`);
        for (const head of heads) assert.ok(head.name?.value.trim(), `${around[0]}: a head without words`);
      }
      if (kind.startsWith('calendar month')) {
        const [grid, listed] = await page.evaluate(() => ['.month', '.listed'].map(s => document.querySelector(s).checkVisibility()));
        assert.deepEqual([grid, listed], width === 320 ? [false, true] : [true, false], 'a month is a list on a phone');
      }
      if (kind === 'plan' && width === 320) {
        const label = await page.evaluate(() => getComputedStyle(document.querySelector('table.plan td[data-label]'), '::before').content);
        assert.match(label, /[а-я]/i, 'a cell of a card has its label');
      }
    });
  }
  await context.close();
}

{
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.emulateMedia({ contrast: 'more' });
  await check('who asks the device for more contrast gets 7 : 1', async () => {
    for (const [, path] of pages.filter(([kind]) => ['front page', 'plan', 'workshop ahead', 'calendar month, days'].includes(kind))) {
      await page.goto(at(path));
      await page.evaluate(axe);
      assert.deepEqual(await violations(page, { 'color-contrast-enhanced': { enabled: true } }), [], path);
    }
  });
  await check('in forced colours marks that were backgrounds are still seen', async () => {
    await page.emulateMedia({ contrast: null, forcedColors: 'active' });
    await page.goto(at('calendar/2015/'));
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('.small .has a')).borderTopStyle), 'none');
    await page.goto(at('plans/tula-2024/'));
    const [bar, paper] = await page.evaluate(() => [document.querySelector('.stack .overdue'), document.body].map(e => getComputedStyle(e).backgroundColor));
    assert.notEqual(bar, paper);
  });
  await context.close();
}

{
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', error => wrong.push(error.message));
  const root = () => page.evaluate(() => document.documentElement.className);
  const opener = page.locator('.top .sight'), panel = page.locator('.panel');
  await check('the panel opens from the keyboard, is named and grouped, and Escape gives the focus back', async () => {
    await page.goto(at('about/'));
    await opener.focus();
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('Enter');
    await panel.waitFor();
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    assert.equal(await page.getByRole('form', { name: 'Версия для слабовидящих' }).count(), 1);
    assert.equal(await panel.getByRole('group').count(), 6);
    for (const group of await panel.getByRole('group').all()) assert.ok(await group.getByRole('radio').count() >= 3);
    assert.equal(await page.evaluate(() => document.activeElement.className), 'panel');
    await page.keyboard.press('Escape');
    assert.equal(await panel.isVisible(), false);
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    assert.ok(await opener.evaluate(e => e === document.activeElement));
    assert.deepEqual(wrong, []);
  });
  await check('three sizes, two typefaces, four schemes, spacing of letters and lines: each changes the page', async () => {
    await page.goto(at('about/'));
    await opener.click();
    await panel.waitFor();
    const seen = property => page.locator('.prose p').first().evaluate((e, p) => getComputedStyle(e)[p], property);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const values = async (name, read) => {
      const out = [];
      for (const radio of await panel.locator(`input[name=${name}]`).all()) { await radio.check(); out.push(await read()); }
      await panel.locator('[type=reset]').click();
      await page.waitForFunction(() => document.documentElement.className === 'js');
      return out;
    };
    const sizes = (await values('size', () => seen('fontSize'))).map(parseFloat);
    assert.ok(sizes[1] >= sizes[0] * 1.49 && sizes[2] >= sizes[0] * 1.99, `${sizes}`);
    assert.equal(new Set(await values('tone', ground)).size, 5);
    const types = await values('type', async () => `${await seen('fontFamily')} ${await page.locator('.menu a').first().evaluate(e => getComputedStyle(e).fontFamily)}`);
    assert.equal(new Set(types).size, 3);
    for (const [name, property] of [['letters', 'letterSpacing'], ['lines', 'lineHeight']]) {
      const set = (await values(name, () => seen(property))).map(v => parseFloat(v) || 0);
      assert.ok(set[0] < set[1] && set[1] < set[2], `${name}: ${set}`);
    }
  });
  await check('what is chosen is kept without cookies, holds on the next page from its first frame, and is reset', async () => {
    await page.goto(at('about/'));
    await opener.click();
    await panel.waitFor();
    await panel.locator('input[value="v-tone v-black"]').check();
    await panel.locator('input[value="v-large"]').check();
    await page.addInitScript(() => {
      const watch = () => { if (document.body) window.first ??= getComputedStyle(document.body).backgroundColor; else requestAnimationFrame(watch); };
      requestAnimationFrame(watch);
    });
    await page.goto(at('plans/tula-2024/'));
    await page.waitForFunction(() => window.first);
    assert.equal(await page.evaluate(() => window.first), 'rgb(0, 0, 0)');
    assert.match(await root(), /v-large.*v-black|v-black.*v-large/);
    assert.deepEqual(await context.cookies(), []);
    await opener.click();
    await panel.waitFor();
    assert.equal(await panel.locator('input[value="v-tone v-black"]').isChecked(), true);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'paper knows no schemes');
    assert.equal(await panel.isVisible(), false);
    await page.emulateMedia({ media: null });
    await panel.locator('[type=reset]').click();
    await page.waitForFunction(() => document.documentElement.className === 'js' && localStorage.length === 0);
    assert.deepEqual(wrong, []);
  });
  await check('pictures: grey, or their words in their place', async () => {
    await page.goto(at('about/'));
    await page.evaluate(() => {
      const picture = Object.assign(document.createElement('img'), { src: document.querySelector('link[rel=icon]').href, alt: 'Читальный зал' });
      document.querySelector('.prose').prepend(picture);
    });
    await opener.click();
    await panel.waitFor();
    await panel.locator('input[value="v-grey"]').check();
    assert.equal(await page.locator('.prose img').evaluate(e => getComputedStyle(e).filter), 'grayscale(1)');
    await panel.locator('input[value="v-bare"]').check();
    assert.equal(await page.locator('.prose img').isVisible(), false);
    assert.equal(await page.locator('.prose .alt').textContent(), 'Читальный зал');
    await panel.locator('input[name=pictures][value=""]').check();
    assert.equal(await page.locator('.prose img').isVisible(), true);
    assert.equal(await page.locator('.prose .alt').isVisible(), false);
    await panel.locator('[type=reset]').click();
  });
  await check('the panel opens from /accessibility/ too', async () => {
    await page.goto(at('accessibility/'));
    await page.locator('main .sight').click();
    await panel.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.className), 'panel');
    await page.keyboard.press('Escape');
    assert.ok(await page.locator('main .sight').evaluate(e => e === document.activeElement));
  });
  await check('the panel opens from disk', async () => {
    await page.goto(pathToFileURL(join(folder, 'workshops/index.html')).href);
    await opener.click();
    await panel.waitFor();
    await panel.locator('input[value="v-tone v-beige"]').check();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(247, 243, 214)');
    assert.deepEqual(wrong, []);
  });
  await context.close();
}

await check('without scripts there is neither a button nor a panel, and /accessibility/ says what the browser can do', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ['', 'accessibility/']) {
    await page.goto(at(path));
    for (const button of await page.locator('.sight').all()) assert.equal(await button.isVisible(), false);
    assert.equal(await page.locator('.panel').count(), 0);
  }
  assert.match(await page.locator('main').textContent(), /Ctrl/);
  await context.close();
});

if (without) {
  await check('accessibility_panel: false leaves nothing of the panel on the site', async () => {
    for (const path of await list(without)) {
      assert.ok(!/panel\.(js|css)$/.test(path), path);
      if (path.endsWith('.html')) assert.ok(!/localStorage|class="sight/.test(await readFile(join(without, path), 'utf8')), path);
    }
  });
}

await check('the weight of the panel: its script with its markup, its styles and what every page carries of it', async () => {
  const text = path => readFile(join(folder, path), 'utf8');
  const page = await text('about/index.html');
  const pieces = [await text('static/panel.js'), await text('static/panel.css'), page.match(/<script>\{let s.*?<\/script>/s)[0], page.match(/<button class="sight".*?<\/button>/s)[0]];
  const weight = pieces.map(piece => gzipSync(piece).length);
  console.log(`      panel.js ${weight[0]}, panel.css ${weight[1]}, on each page ${weight[2]} + ${weight[3]} bytes gzipped`);
  assert.ok(weight.reduce((a, b) => a + b) <= 4 * 1024, `${weight}`);
});

await browser.close();
host.close();
finish();
