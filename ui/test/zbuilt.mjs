// The production build of the preview page, with the fake host, served on a free port.

import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const UI = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };

export async function serveBuilt(port = 0) {
  const out = mkdtempSync(join(tmpdir(), 'parta-preview-'));
  await build({ configFile: join(UI, 'test/vite.preview.config.ts'), build: { outDir: out, emptyOutDir: true, minify: false }, logLevel: 'warn' });
  const server = createServer((request, answer) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const file = [join(out, path), join(UI, path)].find((candidate) => existsSync(candidate) && extname(candidate) !== '');
    if (!file || path.includes('..')) return answer.writeHead(404).end();
    answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(answer);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => (server.close(), server.closeAllConnections(), rmSync(out, { recursive: true, force: true })),
  };
}
