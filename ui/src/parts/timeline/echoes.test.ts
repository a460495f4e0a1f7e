import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { message, words } from '../../../test/sample-items';
import { OWN, PEOPLE } from '../../../test/sample-people';
import type { Host, Item, ListDiff, TimelineUpdate } from '../../host/host';
import { looksPlain, type Echo } from './echoes';
import { Timeline } from './timeline.svelte';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());

/** A core that tells of one chat what the test wants it to. */
class Core {
  items: Item[] = [message(PEOPLE[0]!, Date.now() - 1000, words('Здравствуйте'))];
  readonly calls: unknown[] = [];
  readonly timeline: Timeline;
  #on: (update: TimelineUpdate) => void = () => undefined;

  constructor() {
    const host = { watch: (_: string, __: unknown, on: (update: TimelineUpdate) => void) => ((this.#on = on), () => undefined), call: (...args: unknown[]) => (this.calls.push(args), Promise.resolve(null)) };
    this.timeline = new Timeline(host as unknown as Host, '!staff', [], null, undefined, OWN.id);
    this.timeline.open();
    this.reset();
  }

  reset(): void {
    this.tell({ op: 'reset', items: this.items });
  }

  /** Its own echo of a message, below everything. */
  echo(text: string): Item {
    const item = message(OWN, Date.now(), words(text), { event: null, send: { kind: 'waiting' } });
    this.items = [...this.items, item];
    this.tell({ op: 'pushBack', item });
    return item;
  }

  /** Others speak above what is not sent yet. */
  other(text: string, sender = PEOPLE[0]!): void {
    const at = this.items.findIndex(({ kind }) => kind.kind === 'message' && kind.message.event === null);
    const index = at === -1 ? this.items.length : at;
    const item = message(sender, Date.now(), words(text));
    this.items = this.items.toSpliced(index, 0, item);
    this.tell({ op: 'insert', index, item });
  }

  sent(item: Item): void {
    const index = this.items.findIndex(({ id }) => id === item.id);
    const old = this.items[index]!.kind;
    if (old.kind !== 'message') throw new Error('a message is sent');
    const now: Item = { id: item.id, kind: { kind: 'message', message: { ...old.message, event: `$of-${item.id}`, send: { kind: 'sent' } } } };
    this.items = this.items.with(index, now);
    this.tell({ op: 'set', index, item: now });
  }

  tell(...diffs: ListDiff<Item>[]): void {
    this.#on({ kind: 'diffs', diffs });
    vi.advanceTimersByTime(100);
  }

  get texts(): string[] {
    return this.timeline.messages().map(({ message }) => (message.body.kind === 'text' ? message.body.text.plain : ''));
  }

  get told(): string[] {
    return this.items.map(({ kind }) => (kind.kind === 'message' && kind.message.body.kind === 'text' ? kind.message.body.text.plain : ''));
  }
}

describe('what was just said', () => {
  it('is there at once and keeps its row when the core tells of it and when it is sent', () => {
    const core = new Core();
    const echo = core.timeline.say('Добрый день')!;
    const { key } = core.timeline.rows.at(-1)!;
    expect(core.texts).toEqual(['Здравствуйте', 'Добрый день']);
    const item = core.echo('Добрый день');
    core.timeline.taken(echo);
    expect([core.texts, core.timeline.rows.at(-1)!.key]).toEqual([core.told, key]);
    core.sent(item);
    expect([core.texts, core.timeline.rows.at(-1)!.key]).toEqual([core.told, key]);
  });

  it('goes again when the core does not take it', () => {
    const core = new Core();
    const echo = core.timeline.say('Добрый день')!;
    core.timeline.unsay(echo);
    expect(core.texts).toEqual(['Здравствуйте']);
  });

  it('stands below what others say meanwhile, under the line of its day', () => {
    const core = new Core();
    core.items = [message(PEOPLE[0]!, Date.now() - 3 * 86_400_000, words('Здравствуйте'))];
    core.reset();
    core.timeline.say('Добрый день');
    expect(core.timeline.rows.slice(-2).map(({ kind }) => kind)).toEqual(['day', 'message']);
    core.other('И вам');
    expect(core.texts).toEqual(['Здравствуйте', 'И вам', 'Добрый день']);
  });

  it('is not taken for the same words that were said before, or by somebody else', () => {
    const core = new Core();
    core.echo('Да');
    core.sent(core.items.at(-1)!);
    core.timeline.say('Да');
    core.tell({ op: 'pushFront', item: message(OWN, 1, words('Да')) });
    core.other('Да');
    expect(core.texts).toEqual(['Да', 'Здравствуйте', 'Да', 'Да', 'Да']);
  });

  it('is in the list that a reconnected stream begins with', () => {
    const core = new Core();
    const early = core.timeline.say('раз')!;
    const late = core.timeline.say('два')!;
    core.timeline.taken(early);
    core.items = [...core.items, message(OWN, Date.now(), words('раз'))];
    core.reset();
    expect(core.texts).toEqual(['Здравствуйте', 'раз', 'два']);
    core.timeline.taken(late);
    core.reset();
    expect(core.texts).toEqual(core.told);
  });

  it('is not taken for the same words that were still unsent when the stream was lost', () => {
    const core = new Core();
    core.timeline.taken(core.timeline.say('да')!);
    core.echo('да');
    core.timeline.say('да');
    core.reset();
    expect(core.texts).toEqual(['Здравствуйте', 'да', 'да']);
  });

  it('waits in a chat that was left only until the core has it', () => {
    const core = new Core();
    const echo = core.timeline.say('раз')!;
    core.timeline.close();
    expect(core.texts.at(-1)).toBe('раз');
    core.timeline.taken(echo);
    expect(core.texts).toEqual(['Здравствуйте']);
    expect(core.timeline.say('два')).toBeNull();
  });

  it('is dropped under the name that the core has for it', async () => {
    const core = new Core();
    const echo = core.timeline.say('раз')!;
    const item = core.echo('раз');
    await core.timeline.discard(echo.item.id);
    expect(core.calls).toEqual([['discard_message', { chat: '!staff', item: item.id }]]);
  });

  it('is neither lost nor doubled nor moved, in whatever order things happen', () => {
    const step = fc.constantFrom('say', 'enqueue', 'echo', 'answer', 'sent', 'other', 'reset');
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.constantFrom('да', 'нет', 'ок')), { maxLength: 60 }), (steps) => {
        const core = new Core();
        const said: { text: string; echo: Echo; queued: boolean; answered: boolean; item: Item | null }[] = [];
        const others: string[] = ['Здравствуйте'];
        const run = (what: string, text: string) => {
          const next = said.find(({ answered }) => !answered);
          if (what === 'say') said.push({ text, echo: core.timeline.say(text)!, queued: false, answered: false, item: null });
          else if (what === 'enqueue' && next) next.queued = true;
          else if (what === 'answer' && next?.queued) {
            next.answered = true;
            core.timeline.taken(next.echo);
          } else if (what === 'echo') {
            const quiet = said.find(({ queued, item }) => queued && !item);
            if (quiet) quiet.item = core.echo(quiet.text);
          } else if (what === 'sent') {
            const waiting = core.items.find(({ kind }) => kind.kind === 'message' && kind.message.event === null);
            if (waiting) core.sent(waiting);
          } else if (what === 'other') {
            core.other(text);
            others.push(text);
          } else if (what === 'reset') {
            // A list that begins has everything that is in the queue by then.
            for (const one of said) {
              if (!one.queued || one.item) continue;
              one.item = message(OWN, Date.now(), words(one.text), { event: null, send: { kind: 'waiting' } });
              core.items = [...core.items, one.item];
            }
            core.reset();
          }
          const own = core.timeline.messages().filter((row) => row.message.own);
          expect(own.map((row) => row.message.body.kind === 'text' && row.message.body.text.plain)).toEqual(said.map((one) => one.text));
          expect(core.timeline.messages()).toHaveLength(said.length + others.length);
        };
        for (const [what, text] of steps) run(what, text);
        for (let i = 0; i <= said.length; i++) for (const what of ['enqueue', 'echo', 'answer', 'sent']) run(what, '');
        expect(core.texts).toEqual(core.told);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text that looks the same before and after', () => {
  it.each(['Здравствуйте!', 'Сбор в 9:15, кабинет 214', 'Да\nнет', '«А» и "Б" & В', '👍🏽', '10.30 у входа', 'Иванова-Петрова', '— да'])('is «%s»', (text) => expect(looksPlain(text)).toBe(true));
  it.each(['**важно**', '_так_', '`x`', '~нет~', '@Ольга', 'https://school.example', 'a@b.ru', '- раз\n- два', 'Купить:\n 1. хлеб', '> цитата', '# 5', 'да\n---', '[a](b)', 'x<y', 'a\\b', 'а\tб', 'я'.repeat(3_000)])('is not %j', (text) => expect(looksPlain(text)).toBe(false));
});
