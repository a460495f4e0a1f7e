import { asFailure, type Host, type Settings } from '../../host/host';
import { chosenLanguage, setLanguage } from '../../lib/i18n.svelte';

/** So many emoji are remembered: three lines of the picker. */
const RECENT = 24;

export class Preferences {
  now: Settings = $state.raw({ theme: 'system', language: 'system', sendKey: 'enter', compact: false, mediaLimit: 1024, recentEmoji: [] });
  readonly #host: Host;
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');

  constructor(host: Host, settings: Settings) {
    this.#host = host;
    this.now = settings;
    this.#apply();
    this.#dark.addEventListener('change', () => this.#apply());
  }

  /** Shows the choice at once and takes it back if it could not be kept. */
  async change(part: Partial<Settings>): Promise<void> {
    const before = this.now;
    this.now = { ...before, ...part };
    this.#apply();
    try {
      await this.#host.call('save_settings', { settings: this.now });
    } catch (thrown) {
      this.now = before;
      this.#apply();
      throw asFailure(thrown);
    }
  }

  /** Remembers an emoji that was used; that it is forgotten is no reason to disturb anybody. */
  async usedEmoji(emoji: string): Promise<void> {
    const recentEmoji = [emoji, ...this.now.recentEmoji.filter((other) => other !== emoji)].slice(0, RECENT);
    if (recentEmoji[0] !== this.now.recentEmoji[0]) await this.change({ recentEmoji }).catch(() => undefined);
  }

  #apply(): void {
    const { theme, language } = this.now;
    const root = document.documentElement;
    root.dataset.theme = theme === 'system' ? (this.#dark.matches ? 'dark' : 'light') : theme;
    const chosen = chosenLanguage(language, navigator.languages);
    root.lang = chosen;
    setLanguage(chosen);
  }
}
