// The built site as a static host would give it: under a sub-path, with a 404 page, and nothing else.
import { createServer } from 'node:http';
import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join, posix, relative, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.xml': 'application/xml', '.json': 'application/json', '.ics': 'text/calendar; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8', '.pdf': 'application/pdf', '.csv': 'text/csv', '.png': 'image/png', '.jpg': 'image/jpeg',
};

/** Every file of the site: paths with `/`, relative to its folder, in order. */
export async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(e => e.isFile()).map(e => relative(folder, join(e.parentPath, e.name)).split(sep).join('/')).sort();
}

/** Serves `folder` at `prefix` (which begins and ends with `/`) on a free port of the loopback. */
export async function serve(folder, prefix) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const answer = async (status, name) => {
      response.writeHead(status, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' });
      response.end(await readFile(join(folder, name)));
    };
    try {
      if (!path.startsWith(prefix)) throw new Error('outside the site');
      let name = posix.normalize(path.slice(prefix.length) || '.');
      if ((await stat(join(folder, name))).isDirectory()) name = posix.join(name, 'index.html');
      await answer(200, name);
    } catch {
      await answer(404, '404.html');
    }
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
