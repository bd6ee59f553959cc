// Holds content and published data against the JSON Schemas that the program prints, with a validator and a YAML reader that are not its own.
//
//     node schemas.mjs METODIKA CONTENT_DIR SITE_DIR
//
// The last line is `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import YAML from 'yaml';
import { files } from './site.mjs';

const [program, content, site] = process.argv.slice(2);
let passed = 0, failed = 0;
const check = (name, wrong) => {
  if (wrong.length) { failed += 1; console.log(`FAIL  ${name}\n      ${wrong.slice(0, 8).join('\n      ')}`); } else { passed += 1; console.log(`ok    ${name}`); }
};

const folders = { workshops: 'workshop', plans: 'plan', newsletters: 'newsletter', practices: 'practice', projects: 'project', documents: 'document', news: 'news', pages: 'page' };
/** The subject of a file of the content; undefined for attachments. */
const subject = path => {
  if (!/\.(md|yaml)$/.test(path)) return undefined;
  const [folder, ...rest] = path.split('/');
  return rest.length ? folders[folder] : basename(path, '.yaml');
};
const yaml = path => {
  const text = readFileSync(join(content, path), 'utf8').replace(/^\ufeff/, '');
  return YAML.parse(path.endsWith('.md') ? text.split(/^---\s*$/m)[1] : text);
};

for (const language of ['ru', 'en']) {
  const schemas = JSON.parse(execFileSync(program, ['schema', '--lang', language], { encoding: 'utf8', maxBuffer: 1 << 26 }));
  const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => {
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true, validateSchema: true }));
    // Widths of numbers: words of the generator of schemas, not of the standard.
    for (const width of ['uint', 'uint32', 'uint64', 'int16']) ajv.addFormat(width, true);
    return [name, value => ajv.validate(schema, value) ? [] : ajv.errors.filter(e => e.keyword !== 'anyOf').map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`)];
  }));
  const seen = new Set();
  for (const path of await files(content)) {
    const name = subject(path);
    if (!name) continue;
    seen.add(name);
    check(`${language}: ${path} is a ${name}`, validators[name](yaml(path)));
  }
  check(`${language}: there was something of every kind to look at`, Object.values(folders).concat('site', 'areas', 'people').filter(name => !seen.has(name)));

  // A schema that takes everything would pass all of the above.
  const refused = (name, value) => check(`${language}: ${name} refuses ${JSON.stringify(value)}`, validators[name](value).length ? [] : ['it was let through']);
  const taken = (name, value) => check(`${language}: ${name} takes ${JSON.stringify(value)}`, validators[name](value));
  refused('workshop', { название: 'Семинар', датта: '2024-01-01' });
  refused('workshop', { дата: '2024-01-01' });
  refused('workshop', { название: ['Семинар'] });
  refused('workshop', { название: 'Семинар', статус: 'завтра' });
  refused('workshop', { название: 'Семинар', участников: 'много' });
  refused('workshop', { название: 'Семинар', регистрация: { когда: 'завтра' } });
  refused('plan', { название: 'План', разделы: [{ пункты: [{ мероприятие: 'Семинар', срок: ['май'] }] }] });
  refused('page', { название: 'О нас', черновик: 'возможно' });
  refused('site', { название: 'Сайт', язык: 'de' });
  refused('areas', [{ название: 'Краеведение', ключь: 1 }]);
  taken('workshop', { Название: 'Семинар', 'plan-item': 'tula-2024/2.3', 'Пункт  плана': null, статус: 'Состоялось', участников: '1 200', метки: 'одна' });
  taken('workshop', { title: 'A', programme: ['Открытие', { time: '10:00', items: ['a', { title: 'b' }] }], registration: '8 (4872) 00-00-00', draft: 'нет' });
  taken('plan', { название: 2024, год: 2024, изменения: [{ приказ: { номер: 5 }, изменения: [{ пункт: 1.1, срок: 'Май 2024' }, { исключить: [2.2] }] }] });
  taken('site', { title: 'Site', roles: { accent: '#0a5' }, school_terms: [{ name: 'I', start: '09-01', end: '10-28' }] });
  taken('areas', ['Краеведение', { id: 'x', name: 'Чтение' }]);

  if (language === 'en') {
    for (const path of await files(site)) {
      const name = { 'api/v1/events.json': 'api-events', 'api/v1/materials.json': 'api-materials' }[path] ?? (/^api\/v1\/plans\//.test(path) ? 'api-plan' : undefined);
      if (name) check(`${path} is ${name}`, validators[name](JSON.parse(readFileSync(join(site, path), 'utf8'))));
    }
    for (const term of ['до 15 мая', 'Октябрь – ноябрь', 'еженедельно, по вторникам', '10 марта, 11:00–14:00; 12 марта', 'когда-нибудь потом, наверное']) {
      const run = () => { try { return execFileSync(program, ['timeframe', term, '--year', '2024', '--format', 'json'], { encoding: 'utf8' }); } catch (error) { return error.stdout; } };
      check(`the reading of «${term}» is a timeframe`, validators.timeframe(JSON.parse(run())));
    }
    refused('api-events', { version: 1, events: [{ id: 'x', title: 'x', source: 'workshop', timeframe: {} }] });
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
