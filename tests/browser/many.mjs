// Writes a site of 10 000 documents and 20 000 rows of plans whose words are as many and as often met as those of a language: 30 000 stems by
// the law of Zipf. The search must not grow with it.
//
//     node many.mjs FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(process.argv[2], 'content');
// As good as random, and the same in every run (mulberry32).
let state = 20241015;
const random = () => {
  state = state + 0x6d2b79f5 | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return ((t ^ t >>> 14) >>> 0) / 4294967296;
};
const of = list => list[Math.floor(random() * list.length)];
const STARTS = ['пр', 'по', 'на', 'при', 'пере', 'про', 'раз', 'вы', 'за', 'об', 'от', 'под', 'со', '', '', '', ''];
const SYLLABLES = ['ка', 'ло', 'ме', 'ну', 'ри', 'со', 'та', 'ви', 'гро', 'дел', 'жи', 'зор', 'кра', 'лек', 'мон', 'пис', 'руб', 'стр', 'тор', 'хож', 'чер', 'шум', 'бор', 'фак'];
const ENDINGS = ['', 'а', 'ы', 'у', 'ом', 'ами', 'ов', 'е'];
const vocabulary = new Set();
while (vocabulary.size < 30000) vocabulary.add(of(STARTS) + Array.from({ length: 2 + Math.floor(random() * 3) }, () => of(SYLLABLES)).join('') + of(['к', 'т', 'н', 'р', 'д']));
const stems = [...vocabulary];
const word = () => stems[Math.min(stems.length - 1, Math.floor(Math.exp(random() * Math.log(stems.length)) - 1))] + of(ENDINGS);
const words = count => Array.from({ length: count }, word).join(' ');
const write = async (path, text) => writeFile(join(folder, path), text);

for (const kind of ['practices', 'news', 'workshops', 'plans']) await mkdir(join(folder, kind), { recursive: true });
await write('site.yaml', 'title: Служба\nplanning_checks: false\n');
await write('glossary.yaml', '- {название: ЦБС, расшифровка: централизованная библиотечная система}\n');
await write('areas.yaml', Array.from({ length: 12 }, (_, n) => `- {id: area-${n}, name: Направление ${n}}\n`).join(''));
for (let n = 0; n < 10000; n += 1) {
  const kind = n % 4 === 0 ? 'workshops' : n % 2 ? 'practices' : 'news', year = 2012 + n % 13;
  // Each has one word in common; one has a word of its own.
  const text = Array.from({ length: 5 }, () => `${words(60)} библиотека.`).join('\n\n') + (n === 7777 ? '\n\nРедкостный кракозябр.' : '') + (n % 97 ? '' : '\n\nЦБС района.');
  await write(`${kind}/${year}-0${1 + n % 9}-1${n % 9}-d${n}.md`, `---\ntitle: ${words(4)}\ndate: ${year}-0${1 + n % 9}-1${n % 9}\nareas: [area-${n % 12}]\n---\n${text}\n`);
}
for (let n = 0; n < 400; n += 1) {
  const rows = Array.from({ length: 50 }, (_, row) => `      - {number: "1.${row + 1}", title: "${words(6)}", timeframe: "Октябрь 2024", venue: "Библиотека № ${row}"}\n`);
  await write(`plans/p${n}.yaml`, `title: План ${words(2)}\nyear: 2024\nsections:\n  - title: Раздел\n    items:\n${rows.join('')}`);
}
