// The editing page's program, as it is shipped with a site: Sveltia CMS out of its package, with nothing left that another host would have to
// answer. `node cms.mjs` writes the files to src/cms/sveltia/; the browser tests see to it that they are what stands there.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const target = join(dirname(fileURLToPath(import.meta.url)), '../../src/cms/sveltia');

/** The files by name. Throws where the package is not what the changes below were made for. */
export async function files() {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/@sveltia/cms');
  const read = path => readFile(join(folder, path));
  const { version } = JSON.parse(await read('package.json'));
  let program = (await read('dist/sveltia-cms.js')).toString().replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
  const replace = (what, by, times) => {
    const found = program.split(what).length - 1;
    if (found !== times) throw new Error(`${found} times "${what}" instead of ${times}`);
    program = program.replaceAll(what, by);
  };
  // Words of the interface: beside the page.
  replace('USe=`${iP}@${rP}/locales`', 'USe=`locales`', 1);
  // Keys of two words, «пункт плана», are names of fields as good as others; only their check refuses them.
  replace('return age(e)?n[e]===1', 'return(r===`field_name`&&/^[\\p{L}\\p{N}_ -]+$/u.test(e)||age(e))?n[e]===1', 1);
  // The state of a service is no business of a reader's page.
  replace('https://www.githubstatus.com/api/v2/status.json', 'data:application/json,{}', 1);
  // Icons: beside the page. Texts are set in the fonts of the reader's system: those of the package have no Cyrillic.
  replace('https://cdn.jsdelivr.net/fontsource/fonts/material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2', 'material-symbols.woff2', 1);
  program = program.replace(/url\(https:\/\/cdn\.jsdelivr\.net\/[^)]*\/(source-sans-3|noto-mono)[^)]*\)\s*format\('[^']*'\)/g, "local('$1')");
  // It asks whether there is a newer version: here the version is that of the generator.
  replace('NSe=`${iP}/package.json`', 'NSe=`data:application/json,{}`', 1);
  // What it would fetch for maps, colours of program code and pasted pages: none of it stands in methodical materials, and it does without.
  replace('https://unpkg.com/', './none/', 4);
  if (/https:\/\/(unpkg|cdn)\./.test(program)) throw new Error('it still names another host');
  const ru = JSON.parse(await read('locales/ru.json'));
  return {
    'VERSION': `@sveltia/cms ${version}\n`,
    'LICENSE.txt': await read('LICENSE.txt'),
    'sveltia-cms.js': Buffer.from(program),
    'locales/ru.json': Buffer.from(JSON.stringify(ru)),
    'material-symbols.woff2': await read('npm/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2'),
    'material-symbols.LICENSE.txt': await read('npm/assets/material-symbols-outlined.LICENSE.txt'),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, bytes] of Object.entries(await files())) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), bytes);
  }
}
