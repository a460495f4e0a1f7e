import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { OWN, PEOPLE } from '../../../test/sample-people';
import { stubBrowser } from '../../../test/screen';
import PeopleList from './PeopleList.svelte';

let list: Record<string, unknown>;

beforeEach(() => stubBrowser());
afterEach(() => {
  void unmount(list);
  vi.unstubAllGlobals();
});

it('offers first those who can be chosen, but finds whoever is looked for where the match puts him', async () => {
  const inside = new Set(PEOPLE.slice(0, 12).map(({ id }) => id));
  list = mount(PeopleList, { target: document.body, props: { host: new FakeHost(), me: OWN.id, several: true, taken: (person: string) => (inside.has(person) ? 'уже в чате' : null), onchoose: () => undefined } });
  const names = () => [...document.querySelectorAll('[role=option] .name')].map((name) => name.textContent);
  await vi.waitFor(() => expect(names().length).toBe(PEOPLE.length));
  expect(names()).toEqual([...PEOPLE.slice(12), ...PEOPLE.slice(0, 12)].map(({ name }) => name));
  const field = document.querySelector('input')!;
  field.value = 'мария';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await vi.waitFor(() => expect(names()[0]).toBe('Мария Петровна Щукина'));
});
