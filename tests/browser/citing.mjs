// What reference managers, search engines and mail clients read of the built demonstration site, as programs of others read it.
//
//     node citing.mjs SITE_DIR
//
// Each line is a check; the last line is `N passed, N failed`, and the exit status is 1 if any failed.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { HtmlValidate } from 'html-validate';
import ts from 'typescript';
import { check, finish, launch } from './harness.mjs';
import { files as list, serve } from './site.mjs';

const folder = resolve(process.argv[2] ?? 'public');
const files = await list(folder);
const text = path => readFile(join(folder, path), 'utf8');
const pages = files.filter(f => f.endsWith('/index.html') || f === 'index.html');
const metas = html => [...html.matchAll(/<meta name="((?:DC\.|citation_)[^"]+)" content="([^"]*)">/g)].map(([, name, value]) => [name, value]);

await check('BibTeX and RIS: an independent parser reads the same from both, and it is what the page says', async () => {
  const bibs = files.filter(f => f.endsWith('/cite.bib'));
  assert.ok(bibs.length >= 6, `${bibs.length} files`);
  for (const path of bibs) {
    const [bib] = new Cite(await text(path)).data;
    const [ris] = new Cite(await text(path.replace(/bib$/, 'ris'))).data;
    const head = Object.fromEntries(metas(await text(path.replace('cite.bib', 'index.html'))));
    for (const key of ['title', 'URL', 'type']) assert.equal(bib[key], ris[key], `${path}: ${key}`);
    assert.deepEqual([bib.issued, bib.type], [ris.issued, 'webpage'], path);
    assert.equal(bib.URL, head.citation_public_url, path);
    assert.deepEqual(bib.issued['date-parts'][0], head.citation_publication_date.split('/').map(Number), path);
    const people = item => (item.author ?? []).filter(one => one.family && one.given).map(one => `${one.family}, ${one.given}`);
    assert.deepEqual(people(bib), people(ris), path);
  }
  const [practice] = new Cite(await text(bibs.find(f => f.startsWith('practices/')))).data;
  assert.deepEqual(practice.author.map(one => one.family), ['Кармановская', 'Трач']);
});

await check('the head of a page has what Zotero and Google Scholar ask for, an author a tag', async () => {
  let cited = 0;
  for (const path of pages) {
    const found = metas(await text(path)), all = name => found.filter(([key]) => key === name).map(([, value]) => value);
    if (!found.length) continue;
    cited += 1;
    for (const once of ['citation_title', 'citation_publication_date', 'citation_public_url', 'citation_language', 'DC.title', 'DC.date', 'DC.language', 'DC.identifier']) {
      assert.equal(all(once).length, 1, `${path}: ${once}`);
    }
    assert.match(all('citation_publication_date')[0], /^\d{4}\/\d{2}\/\d{2}$/);
    assert.deepEqual(all('citation_author'), all('DC.creator'), path);
    if (path.startsWith('newsletters/')) assert.ok(all('citation_journal_title')[0] && all('citation_issue')[0], path);
  }
  assert.ok(cited > 10, `${cited} pages`);
});

await check('JSON-LD is made of the types and properties of schema.org, with what search engines require', async () => {
  // What Google requires, and what we hold to beyond it.
  const required = {
    Article: ['headline', 'datePublished', 'mainEntityOfPage', 'inLanguage'],
    BlogPosting: ['headline', 'datePublished', 'mainEntityOfPage', 'inLanguage'],
    DigitalDocument: ['headline', 'mainEntityOfPage', 'inLanguage'],
    PublicationIssue: ['headline', 'datePublished', 'issueNumber', 'isPartOf'],
    Event: ['name', 'startDate', 'endDate', 'location', 'eventStatus', 'eventAttendanceMode'],
    BreadcrumbList: ['itemListElement'],
    WebSite: ['name', 'url', 'publisher', 'potentialAction'],
    WebPage: ['headline', 'mainEntityOfPage'],
  };
  const source = [], seen = new Set();
  for (const path of pages) {
    for (const [, data] of (await text(path)).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const item = JSON.parse(data), type = item['@type'];
      assert.equal(item['@context'], 'https://schema.org', path);
      assert.ok(required[type], `${path}: ${type}`);
      for (const key of required[type]) assert.ok(item[key], `${path}: ${type} without ${key}`);
      if (type === 'BreadcrumbList') item.itemListElement.forEach((step, i) => assert.equal(step.position, i + 1, path));
      if (type === 'Event') assert.match(item.startDate, /^\d{4}-\d\d-\d\d(T\d\d:\d\d:00[+-]\d\d:\d\d)?$/, path);
      const place = item.location;
      if (place) assert.ok(place['@type'] === 'Place' ? place.name && place.address : place.url, path);
      seen.add(type);
      const { potentialAction: action, ...rest } = item;
      source.push(`const _${source.length}: WithContext<${type}> = ${JSON.stringify(rest)};`);
      if (action) {
        // The parameter of the form is that of the address.
        assert.equal(action.target.urlTemplate, `${item.url}search/?q={search_term_string}`);
        assert.match(await text('search/index.html'), /<input[^>]* name="q"/);
        source.push(`const _${source.length}: WithActionConstraints<SearchAction> = ${JSON.stringify(action)};`);
      }
    }
  }
  for (const type of Object.keys(required)) assert.ok(seen.has(type), `no ${type}`);
  // The vocabulary as types, schema-dts (Apache-2.0): the compiler refuses a property that a type has not got, and a value of another type.
  const code = `import type { SearchAction, WithActionConstraints, WithContext, ${Object.keys(required).join(', ')} } from 'schema-dts';\n${source.join('\n')}`;
  const name = join(import.meta.dirname ?? '.', 'jsonld.ts');
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile: read } = host;
  host.getSourceFile = (path, ...rest) => path === name ? ts.createSourceFile(path, code, options.target) : getSourceFile.call(host, path, ...rest);
  host.fileExists = path => path === name || fileExists.call(host, path);
  host.readFile = path => path === name ? code : read.call(host, path);
  const wrong = ts.getPreEmitDiagnostics(ts.createProgram([name], options, host));
  assert.deepEqual(wrong.slice(0, 5).map(d => `${ts.flattenDiagnosticMessageText(d.messageText, ' ').slice(0, 400)} in ${code.slice(d.start, d.start + 120)}`), []);
});

const prefix = '/blog/';
const host = await serve(folder, prefix);
const browser = await launch();

await check('«Как цитировать» names the day on which the page is read; without a script the place for it', async () => {
  const path = files.find(f => /^practices\/(?!page)[^/]+\/index\.html$/.test(f));
  for (const [javaScriptEnabled, day] of [[true, '03.02.2025'], [false, 'ДД.ММ.ГГГГ']]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    if (javaScriptEnabled) await page.clock.setFixedTime(new Date('2025-02-03T12:00:00'));
    await page.goto(host.origin + prefix + path);
    const words = await page.locator('.cite').allTextContents();
    assert.equal(words.length, 2);
    for (const one of words) assert.ok(one.endsWith(`(дата обращения: ${day}).`), one);
    assert.match(words[0], /^Кармановская, Л\. П\. .* \/ Л\. П\. Кармановская, Р\. В\. Трач\. – Текст : электронный \/\/ .* : \[сайт\]\. – 2024\. – 5 февр\. – URL: https:/);
    await context.close();
  }
});

await check('a citation is copied with a button, which says that it is done; without a clipboard the selection is', async () => {
  const path = files.find(f => /^practices\/(?!page)[^/]+\/index\.html$/.test(f));
  for (const clipboard of [true, false]) {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    if (!clipboard) await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }));
    await page.goto(host.origin + prefix + path);
    await page.locator('.citing summary').click();
    const buttons = page.locator('.citing button'), said = page.locator('.citing [role=status]');
    assert.equal(await buttons.count(), await page.locator('.cite').count());
    assert.equal(await said.count(), await buttons.count());
    for (let n = 0; n < await buttons.count(); n += 1) {
      assert.match(await buttons.nth(n).getAttribute('aria-label'), /^Скопировать: .*ГОСТ/);
      assert.ok((await buttons.nth(n).boundingBox()).height >= 44);
      assert.equal(await said.nth(n).textContent(), '');
      await buttons.nth(n).focus();
      await page.keyboard.press('Enter');
      await said.nth(n).getByText('Скопировано').waitFor();
      const words = await page.locator('.cite').nth(n).textContent();
      // Read as a reader would: by pasting.
      await page.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus());
      await page.keyboard.press('Control+V');
      const pasted = await page.locator('textarea').inputValue();
      await page.locator('textarea').evaluate(field => field.remove());
      assert.equal(pasted.trim(), words);
    }
    await context.close();
  }
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(host.origin + prefix + path);
  assert.equal(await page.locator('.citing button').count(), 0);
  await context.close();
});

const mails = files.filter(f => f.endsWith('/email.html'));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

await check('letters: valid HTML of the kind that mail needs, under 100 KB, no relative address, no script', async () => {
  assert.ok(mails.length >= 3);
  const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules: {
    'void-style': 'off', 'no-trailing-whitespace': 'off', 'attr-quotes': 'off', 'long-title': 'off', 'no-inline-style': 'off', 'doctype-style': 'off', 'attribute-boolean-style': 'off',
    // Outlook reads attributes of HTML 4 and conditional comments; tables carry the layout.
    'no-deprecated-attr': 'off', 'no-conditional-comment': 'off', 'wcag/h63': 'off', 'prefer-tbody': 'off',
  } });
  for (const path of mails) {
    const html = await text(path);
    assert.ok(Buffer.byteLength(html) < 100 * 1024, path);
    for (const [, url] of html.matchAll(/(?:href|src)="([^"]*)"/g)) assert.match(url, /^(https?:\/\/|mailto:|tel:)/, path);
    assert.doesNotMatch(html, /<script|<form|<iframe|srcset|display:\s*(grid|flex)|position:|float:/, path);
    const { results } = await validator.validateString(html);
    assert.deepEqual(results.flatMap(r => r.messages).filter(m => m.severity === 2).map(m => `${path}:${m.line}: ${m.ruleId}: ${m.message}`).slice(0, 5), []);
  }
});

await check('letters: opened alone, at 320 and 1280 px, light and dark, and with their style sheets taken away', async () => {
  for (const width of [320, 1280]) for (const colorScheme of ['light', 'dark']) for (const styled of [true, false]) {
    if (!styled && colorScheme === 'dark') continue;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    const asked = [];
    page.on('request', request => { if (!request.url().startsWith('data:') && request.resourceType() !== 'document') asked.push(request.url()); });
    for (const path of mails) {
      const html = await text(path);
      await page.setContent(styled ? html : html.replace(/<style>[\s\S]*?<\/style>/, ''));
      const state = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        pictures: [...document.images].map(i => i.getAttribute('src')),
      }));
      assert.ok(state.wide <= 0, `${path}, ${width} px: ${state.wide} px too wide`);
      assert.deepEqual(asked.filter(url => !state.pictures.includes(url)), [], path);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false } } }));
      assert.deepEqual(violations.map(v => `${path}, ${colorScheme}: ${v.id}: ${v.nodes[0].target}`), []);
    }
    await context.close();
  }
});

await check('the twin in plain text has every heading and every address of the letter, in lines that mail carries', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of mails) {
    const plain = await text(path.replace(/html$/, 'txt'));
    const flat = plain.replace(/\s+/g, ' ');
    await page.setContent(await text(path));
    const said = await page.evaluate(() => ({
      headings: [...document.querySelectorAll('h1, h2, h3')].map(h => h.textContent),
      links: [...document.querySelectorAll('td a')].map(a => a.href),
    }));
    const plainly = words => words.replace(/\s+/g, ' ').trim();
    for (const heading of said.headings) assert.ok(flat.includes(plainly(heading)), `${path}: ${heading}`);
    const front = said.links.reduce((a, b) => a.length <= b.length ? a : b);
    for (const link of said.links) assert.ok(plain.includes(`<${decodeURI(link)}>`) || plain.includes(`<${link}>`) || link === front || link.includes('#fn-'), `${path}: ${link}`);
    for (const line of plain.split('\n')) assert.ok([...line].length <= 72 || /^\s*(\* )?<\S+>\S*$/.test(line), `${path}: ${line}`);
  }
  await context.close();
});

await browser.close();
host.close();
finish();
