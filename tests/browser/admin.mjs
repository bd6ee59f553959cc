// The editing page, as an editor uses it: opens the folder of a site, adds a workshop, changes a row of the plan; then the site is built.
//
//     node admin.mjs METODIKA SITE_ROOT [--shots DIR]
//
// SITE_ROOT is a site with the setting `cms`, built into its `public/`; its content is changed. The folder that a browser would ask for is one of
// the browser's own, filled with the site's files, and what was saved there is written back. The last line is `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import YAML from 'yaml';
import { check, finish, launch } from './harness.mjs';
import { files as list, serve } from './site.mjs';
import { files as shipped, target } from './cms.mjs';

const [program, root] = process.argv.slice(2).map(path => resolve(path));
const shots = process.argv.includes('--shots') ? resolve(process.argv[process.argv.indexOf('--shots') + 1]) : undefined;
if (shots) await mkdir(shots, { recursive: true });
const metodika = (...args) => execFileSync(program, ['--root', root, '--today', '2024-10-15', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

await check('the program is that of the package, changed as cms.mjs says', async () => {
  for (const [name, bytes] of Object.entries(await shipped())) assert.ok(Buffer.from(bytes).equals(await readFile(join(target, name))), name);
});
await check('the configuration is one by the schema of the program', async () => {
  const here = dirname(fileURLToPath(import.meta.url));
  const schema = JSON.parse(await readFile(join(here, 'node_modules/@sveltia/cms/schema/sveltia-cms.json'), 'utf8'));
  const ajv = addFormats(new Ajv({ strict: false }));
  const config = JSON.parse(await readFile(join(root, 'public/admin/config.json'), 'utf8'));
  assert.ok(ajv.validate(schema, config), JSON.stringify(ajv.errors?.slice(0, 3)));
});

const host = await serve(join(root, 'public'), '/blog/');
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU' });
const page = await context.newPage();
const wrong = [];
page.on('console', message => { if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) wrong.push(`console: ${message.text()}`); });
page.on('pageerror', error => wrong.push(`script: ${error.message}`));
page.on('request', request => { if (!request.url().startsWith(host.origin) && !/^(data|blob):/.test(request.url())) wrong.push(`leaves the site: ${request.url()}`); });
page.on('response', response => { if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) wrong.push(`${response.status()}: ${response.url()}`); });
await page.addInitScript(() => {
  window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('site');
});

/** The folder of the browser: filled with the site's files, and read again. */
await page.goto(`${host.origin}/blog/robots.txt`);
const content = {};
for (const path of await list(join(root, 'content'))) content[`content/${path}`] = (await readFile(join(root, 'content', path))).toString('base64');
await page.evaluate(async files => {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle('site', { create: true });
  await top.getDirectoryHandle('.git', { create: true });
  for (const [path, data] of Object.entries(files)) {
    const parts = path.split('/'), name = parts.pop();
    let folder = top;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(Uint8Array.from(atob(data), c => c.charCodeAt(0)));
    await file.close();
  }
}, content);
const saved = () => page.evaluate(async () => {
  const out = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
      // The browser writes beside a file and renames: what is gone by now was that.
      else if (!name.endsWith('.crswap')) out[path + name] = await handle.getFile().then(file => file.text(), () => '');
    }
  };
  await walk(await (await (await navigator.storage.getDirectory()).getDirectoryHandle('site')).getDirectoryHandle('content'), 'content/');
  return out;
});
const texts = await saved();
/** What has changed since the last look, written to the site's folder. */
async function changes() {
  const now = await saved(), changed = Object.keys(now).filter(path => now[path] !== texts[path]);
  for (const path of changed) {
    await writeFile(join(root, path), now[path]);
    texts[path] = now[path];
  }
  return changed;
}
const box = name => page.getByRole('textbox', { name, exact: true }).first();
async function save() {
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  for (let tries = 0; tries < 100; tries += 1) {
    const now = await saved();
    if (Object.keys(now).some(path => now[path] !== texts[path])) return;
    await page.waitForTimeout(100);
  }
  throw new Error('nothing was saved');
}
const shot = async name => { if (shots) await page.screenshot({ path: join(shots, `${name}.png`) }); };
const go = hash => page.goto(`${host.origin}/blog/admin/#${hash}`);

await check('it opens in Russian and takes the folder of the site', async () => {
  await page.goto(`${host.origin}/blog/admin/`);
  await page.getByRole('button', { name: /локальным репозиторием/ }).click();
  await page.getByText('Мероприятия').first().waitFor();
  await shot('admin');
});
await check('every document of the content is in its list', async () => {
  for (const [folder, label] of [['workshops', 'Мероприятия'], ['plans', 'Планы'], ['newsletters', 'Выпуски'], ['practices', 'Практики'], ['projects', 'Проекты'], ['documents', 'Документы'], ['news', 'Новости'], ['pages', 'Страницы']]) {
    const count = Object.keys(texts).filter(path => path.startsWith(`content/${folder}/`) && /\.(md|yaml)$/.test(path)).length;
    const line = await page.getByRole('option', { name: new RegExp(`^${label}`) }).or(page.getByRole('treeitem', { name: new RegExp(`^${label}`) })).first().innerText().catch(() => '');
    const shown = line.match(/\d+/)?.[0] ?? (await page.locator('body').innerText()).match(new RegExp(`${label}\\s+(\\d+)`))?.[1];
    assert.equal(Number(shown), count, label);
  }
});
await check('an editor adds a workshop and the build takes it', async () => {
  await go('/collections/workshops/new');
  await box('Название').fill('Читаем вместе: «осенний семинар»');
  await box('Дата').fill('Октябрь – ноябрь 2024');
  await box('Форма').fill('семинар');
  await page.getByRole('radio', { name: 'очно' }).check();
  await shot('admin-workshop');
  await save();
  const changed = await changes();
  assert.equal(changed.length, 1, changed.join());
  assert.match(changed[0], /^content\/workshops\/[\d-]+[a-z-]+\.md$/);
  const front = YAML.parse(texts[changed[0]].split(/^---$/m)[1]);
  assert.deepEqual([front['название'], front['дата'], front['форма'], front['формат']], ['Читаем вместе: «осенний семинар»', 'Октябрь – ноябрь 2024', 'семинар', 'очно']);
  metodika('build', '--strict', '--quiet');
  const events = JSON.parse(await readFile(join(root, 'public/api/v1/events.json'), 'utf8')).events;
  const event = events.find(event => event.title.includes('осенний семинар'));
  assert.deepEqual([event?.timeframe.kind, event?.timeframe.start, event?.mode], ['window', '2024-10-01', 'offline']);
});
await check('an editor changes a row of the plan, and nothing else of it changes', async () => {
  const plan = Object.keys(texts).find(path => path.startsWith('content/plans/'));
  const before = YAML.parse(texts[plan]);
  const row = before['разделы'][0]['пункты'][0];
  await go(`/collections/plans/entries/${plan.split('/').pop().replace('.yaml', '')}`);
  await box('Название').waitFor();
  // Sections and rows are folded, and made when they come into view.
  await page.setViewportSize({ width: 1280, height: 3200 });
  const time = page.getByRole('textbox', { name: 'Срок', exact: true });
  for (let round = 0; round < 6 && await time.count() === 0; round += 1) {
    for (const button of await page.getByRole('button', { name: 'Развернуть все', exact: true }).all()) {
      if (await button.isEnabled()) await button.click();
    }
    await page.waitForTimeout(300);
  }
  await box('Срок').fill('Декабрь 2024');
  await shot('admin-plan');
  await save();
  assert.deepEqual(await changes(), [plan]);
  row['срок'] = 'Декабрь 2024';
  const after = YAML.parse(texts[plan]);
  // What the forms have a switch for is written out; a number in a text's place becomes one in quotes.
  const plain = value => JSON.parse(JSON.stringify(value, (_, v) => v === false ? undefined : typeof v === 'number' ? String(v) : v));
  assert.deepEqual(plain(after), plain(before));
  metodika('build', '--strict', '--quiet');
});
await check('nothing was asked of another host, and nothing went wrong on the way', async () => assert.deepEqual(wrong, []));

await browser.close();
host.close();
finish();
