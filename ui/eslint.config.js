import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const door = ['@tauri-apps/*'];
const layer = (message, group) => ({ 'no-restricted-imports': ['error', { patterns: [{ group: door, message: 'Only src/host/tauri.ts talks to Tauri.' }, { group, message }] }] });

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/host/bindings.gen.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  { rules: { 'svelte/no-at-html-tags': 'error', 'svelte/prefer-svelte-reactivity': 'off', 'svelte/no-navigation-without-resolve': 'off' } },
  { files: ['src/lib/**'], rules: layer('lib is pure: it knows no layer above it.', ['**/host/**', '**/kit/**', '**/parts/**', '**/views/**']) },
  { files: ['src/kit/**'], rules: layer('The kit knows no part.', ['**/host/**', '**/parts/**', '**/views/**']) },
  { files: ['src/parts/**'], rules: layer('A part is reached through its index.ts only.', ['**/views/**', '../*/*.svelte', '../chats/*', '../session/*', '../settings/*', '../sync/*', '../timeline/*']) },
  { files: ['src/views/**'], rules: layer('A part is reached through its index.ts only.', ['**/parts/*/*']) },
);
