import { beforeEach, expect, it, vi } from 'vitest';
import { ApiFailure, type Host } from '../host/host';
import { toasts } from '../kit/toasts.svelte';
import { Writing } from './writing';

let answers: { resolve: (chat: string) => void; reject: (why: unknown) => void }[];
let went: string[];
let writing: Writing;

beforeEach(() => {
  answers = [];
  went = [];
  toasts.list = [];
  const call = () => new Promise((resolve, reject) => answers.push({ resolve, reject }));
  writing = new Writing({ call: vi.fn(call) } as unknown as Host, (chat) => went.push(chat));
});

it('leads to the chat, and ends when it has', async () => {
  const done = writing.to('@a:b');
  expect(went).toEqual([]);
  answers[0]!.resolve('!a');
  await done;
  expect(went).toEqual(['!a']);
});

it('leaves whoever has begun something else where he is', async () => {
  const done = writing.to('@a:b');
  writing.moved();
  answers[0]!.resolve('!a');
  await done;
  expect([went, toasts.list]).toEqual([[], []]);
});

it('leads to the last one who was asked for only', async () => {
  const both = [writing.to('@a:b'), writing.to('@c:d')];
  answers[1]!.resolve('!c');
  answers[0]!.resolve('!a');
  await Promise.all(both);
  expect(went).toEqual(['!c']);
});

it('says why there is no chat', async () => {
  const done = writing.to('@a:b');
  answers[0]!.reject(new ApiFailure({ code: 'noNetwork', retryAfter: null }));
  await done;
  expect([went, toasts.list.map(({ look }) => look)]).toEqual([[], ['error']]);
});
