import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [svelte()],
  build: { outDir: fileURLToPath(new URL('../node_modules/.preview', import.meta.url)), emptyOutDir: true, rollupOptions: { input: fileURLToPath(new URL('preview.html', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5199, strictPort: true, open: false },
});
