// Opens the host and paints: settings and the snapshot first, everything else behind them.

import './lib/microtasks';
import { mount } from 'svelte';
import type { Host } from './host/host';
import './kit/base.css';
import { Preferences } from './parts/settings';
import App from './views/App.svelte';

export async function start(host: Host): Promise<void> {
  const boot = await host.call('boot', {});
  const preferences = new Preferences(host, boot.settings);
  mount(App, { target: document.getElementById('app')!, props: { host, boot, preferences } });
}
