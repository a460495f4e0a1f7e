import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte()],
  // Fonts and pictures stay files: the content security policy allows no data: fonts.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', proxy: bridgeProxy(process.env.PARTA_BRIDGE) },
  // Runes run in the tests as they run in the window.
  resolve: mode === 'test' ? { conditions: ['browser'] } : undefined,
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
}));

/** `PARTA_BRIDGE=http://127.0.0.1:PORT npm run dev` develops against a running core. */
function bridgeProxy(target: string | undefined) {
  return target ? { '/ws': { target, ws: true }, '/media': { target }, '/push': { target } } : undefined;
}
