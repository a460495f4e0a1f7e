// Shows the card of a person, or a dialog of the address book, beside an empty list.

import { mount } from 'svelte';
import '../src/kit/base.css';
import { Preferences } from '../src/parts/settings';
import CardPreview from './CardPreview.svelte';
import { CARDS } from './fake-card';
import type { FakeHost } from './fake-host';

export async function previewCard(host: FakeHost, query: URLSearchParams): Promise<void> {
  new Preferences(host, (await host.call('boot', {})).settings);
  const call = host.call.bind(host);
  if (query.has('hang')) host.call = (name, args) => (name === 'contact_card' ? new Promise(() => undefined) : call(name, args));
  const who = query.get('card') as keyof typeof CARDS | null;
  const props = { host, person: who ? (CARDS[who] ?? who) : null, book: query.get('book'), narrow: query.has('narrow') };
  mount(CardPreview, { target: document.getElementById('app')!, props });
}
