// Writes a site with one plan of 2 000 rows: what a large service has, and more than any table on paper.
//
//     node large.mjs FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(process.argv[2], 'content');
const months = ['Январь', 'Февраль', 'Март', 'Апрель', 'Май', 'Июнь', 'Июль', 'Август', 'Сентябрь', 'Октябрь', 'Ноябрь', 'Декабрь'];
const row = (section, n) => `      - номер: "${section}.${n}"
        мероприятие: "Семинар ${section}.${n} «Практика работы с читателем ${(section * 31 + n * 17) % 997}»"
        срок: ${months[(section + n) % 12]} 2024
        место: Библиотека № ${(section * n) % 40 + 1}
        ответственные: [Иванова А. ${'АБВГДЕЖЗ'[n % 8]}., Методический отдел]
        продукт: Материалы ${n % 50 + 1}
`;
const sections = Array.from({ length: 20 }, (_, s) =>
  `  - номер: ${s + 1}\n    название: Раздел ${s + 1}\n    пункты:\n${Array.from({ length: 100 }, (_, n) => row(s + 1, n + 1)).join('')}`);
await mkdir(join(folder, 'plans'), { recursive: true });
await writeFile(join(folder, 'site.yaml'), 'title: Служба\nplanning_checks: false\n');
await writeFile(join(folder, 'plans', 'large.yaml'), `название: Большой план\nгод: 2024\nразделы:\n${sections.join('')}`);
