// Opens the built demonstration site in Chromium and reads what a machine reads of it.
//
//     node run.mjs SITE_DIR [--shots DIR] [--large SITE_DIR]
//
// Each line is a check; the last line is `N passed, N failed`, and the exit status is 1 if any failed.
// `--large` is the site of `large.mjs`. `--shots` also writes a picture of each kind of page at 360 and 1280 px, light and dark.
import { mkdir, readFile } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { HtmlValidate } from 'html-validate';
import ICAL from 'ical.js';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { check, finish, launch } from './harness.mjs';
import { files as list, serve } from './site.mjs';
import { kinds } from './pages.mjs';

const folder = resolve(process.argv[2] ?? 'public');
const option = name => process.argv.includes(name) ? resolve(process.argv[process.argv.indexOf(name) + 1]) : undefined;
const shots = option('--shots'), large = option('--large');
if (shots) await mkdir(shots, { recursive: true });
const prefix = '/blog/';
const files = await list(folder);
const text = path => readFile(join(folder, path), 'utf8');
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const host = await serve(folder, prefix);
const browser = await launch();

/** A page of the browser that remembers what went wrong: console errors, failed and foreign requests. */
async function open(options, home = host.origin) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  // The day that the site was built for.
  if (options.javaScriptEnabled !== false) await page.clock.setFixedTime(new Date('2024-10-15T09:00:00+03:00'));
  const wrong = [];
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`); });
  page.on('pageerror', error => wrong.push(`script: ${error.message}`));
  page.on('request', request => { if (!request.url().startsWith(home) && !request.url().startsWith('data:')) wrong.push(`leaves the site: ${request.url()}`); });
  // A request that the browser itself gives up, as on leaving a page before its icon is there, is no fault of the site.
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') wrong.push(`failed: ${request.url()}: ${reason}`);
  });
  page.on('response', response => { if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`); });
  return { page, wrong, context };
}
const at = path => host.origin + prefix + path;
const sideways = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const pages = kinds(files);
const looks = [360, 1280].flatMap(width => ['light', 'dark'].map(colorScheme => ({ width, colorScheme })));

for (const { width, colorScheme } of looks) {
  const { page, wrong, context } = await open({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  for (const [kind, path] of pages) {
    await check(`${kind}, ${width} px, ${colorScheme}`, async () => {
      wrong.length = 0;
      await page.goto(at(path), { waitUntil: 'load' });
      if (shots) await page.screenshot({ path: join(shots, `${kind.replace(/\W+/g, '-')}-${width}-${colorScheme}.png`), fullPage: true });
      assert.equal(await page.locator('h1').count(), 1, 'one h1');
      assert.notEqual((await page.title()).trim(), '');
      const [head, body] = await page.evaluate(() => [document.querySelector('header.top')?.offsetWidth, document.documentElement.clientWidth]);
      assert.ok(head === undefined || head === body, `the head of the page is ${head} px wide, the window ${body}`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.any[0]?.message ?? ''}`).slice(0, 3).join(' | ')}`), [], 'axe');
      assert.deepEqual(wrong, []);
    });
  }
  await context.close();
}

{
  const { page, context } = await open({ viewport: { width: 320, height: 700 } });
  for (const [kind, path] of pages) {
    await check(`${kind}: nothing scrolls sideways at 320 px, nor with the text spaced out`, async () => {
      await page.goto(at(path));
      assert.ok(await sideways(page) <= 0, `${await sideways(page)} px too wide`);
      // WCAG 2.2, 1.4.12.
      await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' });
      assert.ok(await sideways(page) <= 0, `spaced out: ${await sideways(page)} px too wide`);
    });
  }
  await context.close();
}

{
  const { page, wrong, context } = await open({ javaScriptEnabled: false });
  await check('without scripts the front page leads to the next event, the plan and the archive', async () => {
    await page.goto(at(''));
    await page.locator('.coming a.title').first().click();
    await page.waitForURL(/\/(workshops|plans)\//);
    await page.goto(at(''));
    await page.locator('footer a[href$="archive/"]').click();
    await page.waitForURL(at('archive/'));
    assert.deepEqual(wrong, []);
  });
  await context.close();
}

{
  const { page, context } = await open({});
  await check('the keyboard: the skip link is first and works, focus is seen, the next event is at most six stops after it', async () => {
    await page.goto(at(''));
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    let stops = 0;
    const arrived = () => page.evaluate(() => document.activeElement.closest('.event') !== null);
    while (!(await arrived()) && stops < 6) { await page.keyboard.press('Tab'); stops += 1; }
    assert.ok(await arrived(), `${stops} stops and no event`);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none');
  });
  await check('the marks «today», «past» and «next» stand by the day the page is read', async () => {
    await page.clock.setFixedTime(new Date('2015-03-18T09:00:00+03:00'));
    await page.goto(at('calendar/2015/03/'));
    const day = page.locator('#d18');
    assert.match(await day.getAttribute('class'), /today/);
    await page.clock.setFixedTime(new Date('2030-01-01T09:00:00+03:00'));
    await page.goto(at('calendar/2015/03/'));
    assert.doesNotMatch(await day.getAttribute('class') ?? '', /today/);
  });
  await context.close();
}

{
  const { page, context } = await open({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  await check('October 2024: the rows of the Tula plan stand in the band, none of them on a day', async () => {
    await page.goto(at('calendar/2024/10/'));
    const band = await page.locator('.bandbox .title').allTextContents();
    assert.ok(band.length >= 2, `in the band: ${band}`);
    assert.equal(await page.locator('.month td.has li.plan_item').count(), 0);
    const grid = (await page.locator('.month td.has').allTextContents()).join(' ');
    for (const title of band) assert.ok(!grid.includes(title), `${title} stands on a day`);
  });
  await check('March 2015: the workshop stands on the 18th', async () => {
    await page.goto(at('calendar/2015/03/'));
    assert.match(await page.locator('#d18').textContent(), /Литературное краеведение/);
    assert.equal(await page.locator('.month td li.workshop').count(), 1);
  });
  await check('the plan has its 26 rows in the order and numbering of the paper', async () => {
    await page.goto(at('plans/tula-2024/'));
    const numbers = await page.locator('table.plan tbody tr:not(.section):not(.group) .no').allTextContents();
    assert.equal(numbers.length, 26);
    assert.deepEqual(numbers.slice(0, 4).map(n => n.trim()), ['1.1', '1.2', '2.1', '2.2']);
  });
  await context.close();
}

await check('the site opens as a folder from disk, styled', async () => {
  const { page, wrong, context } = await open({}, 'file://');
  await page.goto(pathToFileURL(join(folder, 'workshops/index.html')).href);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgba(0, 0, 0, 0)');
  assert.deepEqual(wrong, []);
  await context.close();
});

await check('an address that is not there gets the 404 page, styled, at any depth', async () => {
  const { page, context } = await open({});
  const response = await page.goto(at('no/such/page/'));
  assert.equal(response.status(), 404);
  assert.equal(await page.evaluate(() => document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 0), true);
  await page.locator('main a').first().click();
  await page.waitForURL(at(''));
  await context.close();
});

for (const [width, height] of [[1280, 900], [360, 740]]) {
  const { page, context } = await open({ viewport: { width, height } });
  await check(`the first screen of the front page, ${width} px: what is next, what is new${width > 1000 ? '' : ' (the way there)'}, where the documents are`, async () => {
    await page.goto(at(''));
    const wanted = ['#next', '.event .title', 'header a[href$="documents/"]', ...width > 1000 ? ['#fresh', '.brief .title >> nth=2'] : ['.ways a[href="#fresh"]']];
    for (const one of wanted) {
      const { y, height: tall } = await page.locator(one).first().boundingBox();
      assert.ok(y + Math.min(tall, 30) < height, `${one} begins at ${y} px`);
    }
  });
  await check(`a plan by person, ${width} px: the list of names leads to each`, async () => {
    await page.goto(at('plans/tula-2024/people/'));
    const [list, heaps] = [page.locator('.jumps a'), page.locator('main h2')];
    assert.ok(await list.count() > 1 && await list.first().isVisible());
    assert.ok(await heaps.count() >= await list.count());
    await list.last().click();
    // It is scrolled to smoothly.
    await page.waitForFunction(() => document.querySelector(decodeURIComponent(location.hash)).getBoundingClientRect().top < innerHeight, null, { timeout: 5000 });
  });
  await context.close();
}

await check('every link and anchor inside the site leads somewhere', async () => {
  const { page, context } = await open({ javaScriptEnabled: false });
  const known = new Map(), broken = [];
  const read = async path => {
    if (!known.has(path)) {
      await page.setContent(await text(path), { waitUntil: 'commit' });
      known.set(path, await page.evaluate(() => ({
        ids: [...document.querySelectorAll('[id]')].map(e => e.id),
        links: [...document.querySelectorAll('[href], [src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src')),
      })));
    }
    return known.get(path);
  };
  const there = new Set(files);
  await page.route('**', route => route.abort());
  for (const path of files.filter(f => f.endsWith('.html'))) {
    const { ids, links } = await read(path);
    if (new Set(ids).size !== ids.length) broken.push(`${path}: an id twice`);
    for (const link of links) {
      if (/^(https?|mailto|tel|data):/.test(link)) continue;
      const url = new URL(link, `http://site${prefix}${path}`);
      if (!url.pathname.startsWith(prefix)) { broken.push(`${path} → ${link}`); continue; }
      let target = decodeURIComponent(url.pathname.slice(prefix.length));
      if (target === '' || target.endsWith('/')) target = posix.join(target, 'index.html');
      if (!there.has(target)) broken.push(`${path} → ${link}`);
      else if (url.hash && target.endsWith('.html') && !(await read(target)).ids.includes(decodeURIComponent(url.hash.slice(1)))) broken.push(`${path} → ${link}: no such anchor`);
    }
  }
  assert.deepEqual(broken, []);
  await context.close();
});

await check('every page is valid HTML', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules: {
    // Ways of writing, not conformance.
    'void-style': 'off', 'no-trailing-whitespace': 'off', 'attr-quotes': 'off', 'long-title': 'off', 'no-inline-style': 'off', 'doctype-style': 'off', 'attribute-boolean-style': 'off',
    // Roles are said again on tables whose cells are laid out as blocks: browsers drop the meaning of such a table.
    'no-redundant-role': 'off', 'prefer-native-element': 'off',
  } });
  const wrong = [];
  // Letters have rules of their own: `citing.mjs`.
  for (const path of files.filter(f => f.endsWith('.html') && !f.endsWith('/email.html'))) {
    const report = await validator.validateString(await text(path));
    for (const { messages } of report.results) wrong.push(...messages.filter(m => m.severity === 2).slice(0, 2).map(m => `${path}:${m.line}: ${m.ruleId}: ${m.message}`));
  }
  assert.deepEqual(wrong.slice(0, 12), []);
});

await check('JSON-LD says Event, Article and BreadcrumbList, with what each needs', async () => {
  const seen = new Set();
  for (const path of files.filter(f => f.endsWith('.html'))) {
    for (const [, data] of (await text(path)).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const item = JSON.parse(data);
      assert.equal(item['@context'], 'https://schema.org', path);
      seen.add(item['@type']);
      if (item['@type'] === 'Event') assert.ok(item.name && item.startDate && item.location, `${path}: ${data}`);
      if (item['@type'] === 'Article') assert.ok(item.headline && item.mainEntityOfPage && item.datePublished, `${path}: ${data}`);
      if (item['@type'] === 'BreadcrumbList') item.itemListElement.forEach((step, i) => assert.equal(step.position, i + 1));
    }
  }
  for (const type of ['Event', 'Article', 'BreadcrumbList']) assert.ok(seen.has(type), `no ${type}`);
});

await check('the data: events, plan and materials in the shapes that others read', async () => {
  const events = JSON.parse(await text('api/v1/events.json'));
  assert.equal(events.version, 1);
  for (const event of events.events) {
    assert.ok(event.id && event.title && event.timeframe.kind && event.timeframe.printed, JSON.stringify(event));
    assert.ok(['workshop', 'plan_item', 'observance', 'registration', 'newsletter'].includes(event.source), event.source);
  }
  const plan = JSON.parse(await text('api/v1/plans/tula-2024.json'));
  assert.equal(plan.sections.flatMap(s => s.items).length, 26);
  assert.equal(plan.year, 2024);
  assert.ok(JSON.parse(await text('api/v1/materials.json')).version);
  const feed = JSON.parse(await text('feed.json'));
  assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
  assert.ok(feed.items.every(item => item.id && item.url.startsWith('https://')));
});

await check('feeds and the sitemap are well-formed XML; the sitemap names every page once', async () => {
  const { page, context } = await open({});
  for (const path of files.filter(f => f.endsWith('.xml'))) {
    const wrong = await page.evaluate(source => new DOMParser().parseFromString(source, 'application/xml').querySelector('parsererror')?.textContent, await text(path));
    assert.equal(wrong, undefined, path);
  }
  const urls = [...(await text('sitemap.xml')).matchAll(/<loc>(.*?)<\/loc>/g)].map(m => m[1]);
  assert.equal(new Set(urls).size, urls.length);
  const there = new Set(files);
  for (const url of urls) assert.ok(there.has(posix.join(new URL(url).pathname.slice(prefix.length), 'index.html')), url);
  await context.close();
});

await check('calendars are read by an independent parser, with the right last days', async () => {
  const read = async path => new ICAL.Component(ICAL.parse(await text(path))).getAllSubcomponents('vevent').map(e => new ICAL.Event(e));
  const all = await read('calendar.ics');
  assert.ok(all.length > 10);
  assert.equal(new Set(all.map(e => e.uid + e.startDate)).size, all.length, 'UIDs are unique');
  for (const event of all) {
    assert.ok(event.uid && event.summary && event.component.getFirstPropertyValue('dtstamp'));
    assert.ok(event.endDate.compare(event.startDate) > 0, `${event.summary}: ends after it starts`);
  }
  const march = all.find(e => e.startDate.toString().startsWith('2015-03-18'));
  assert.match(march.summary, /Литературное краеведение/);
  if (march.startDate.isDate) assert.equal(march.endDate.toString(), '2015-03-19', 'DTEND is exclusive');
  for (const path of files.filter(f => f.endsWith('.ics'))) {
    const raw = await text(path);
    assert.ok(raw.startsWith('BEGIN:VCALENDAR\r\n') && raw.endsWith('END:VCALENDAR\r\n'), path);
    for (const line of raw.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, `${path}: ${line}`);
    await read(path);
  }
});

await check('the print form is the paper: A4 landscape, all rows in order and unbroken, the head of the table on each page', async () => {
  const { page, context } = await open({});
  await page.goto(at('plans/tula-2024/print/'));
  const data = new Uint8Array(await page.pdf({ preferCSSPageSize: true }));
  const paper = await getDocument({ data, verbosity: 0 }).promise;
  const numbers = [];
  for (let n = 1; n <= paper.numPages; n += 1) {
    const sheet = await paper.getPage(n);
    const { width, height } = sheet.getViewport({ scale: 1 });
    assert.ok(Math.abs(width - 841.9) < 1 && Math.abs(height - 595.3) < 1, `page ${n}: ${width} × ${height} pt`);
    const { items } = await sheet.getTextContent();
    const texts = items.map(item => item.str.trim()).filter(Boolean);
    assert.ok(texts.includes('Ответственный'), `page ${n} has no head of the table`);
    numbers.push(...texts.filter(text => /^\d\.\d$/.test(text)));
  }
  assert.deepEqual(numbers, ['1.1', '1.2', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '3.1', '3.2', '4.1', '4.2', '4.3', '5.1', '5.2', '5.3', '5.4', '5.5', '5.6', '5.7', '5.8']);
  // Every row, in one piece.
  const print = await page.evaluate(() => [...document.querySelectorAll('.signed tbody tr')].length);
  assert.equal(print, 26 + 5 + 3, 'rows, sections, groups');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.signed tbody tr')).breakInside), 'avoid');
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.signed thead')).display), 'table-header-group');
  await context.close();
});

if (large) {
  const other = await serve(large, '/');
  const { page, context } = await open({ viewport: { width: 320, height: 700 } }, other.origin);
  for (const view of ['', 'months/', 'people/', 'year/', 'print/']) {
    await check(`a plan of 2 000 rows, ${view || 'its page'}: nothing scrolls sideways at 320 px`, async () => {
      await page.goto(`${other.origin}/plans/large/${view}`);
      assert.ok(await sideways(page) <= 0, `${await sideways(page)} px too wide`);
      if (view === '') {
        assert.equal(await page.locator('.plan tbody tr[id]:not(.section)').count(), 2000);
        await page.locator('.progress a[href="#s20"]').click();
        // The last section comes into sight and stays there.
        const seen = () => { const { top } = document.querySelector('#s20').getBoundingClientRect(); return top > -10 && top < innerHeight; };
        await page.waitForFunction(seen, undefined, { timeout: 10000 });
        await page.waitForTimeout(500);
        assert.ok(await page.evaluate(seen), 'the last section is in sight');
      }
    });
  }
  await context.close();
  other.close();
}

await browser.close();
host.close();
finish();
