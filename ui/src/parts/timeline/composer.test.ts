import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesOf } from '../../../test/fake-chats';
import { FakeHost } from '../../../test/fake-host';
import { OWN } from '../../../test/sample-people';
import { Composer, SAVE_AFTER } from './composer.svelte';
import { Timeline } from './timeline.svelte';

const CHAT = '!staff';

describe('a composer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const settle = () => vi.advanceTimersByTimeAsync(10);

  it('keeps a draft a moment after the last key', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('При');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER - 10);
    composer.write('Привет');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER + 10);
    expect(host.calls('save_draft')).toEqual([{ chat: CHAT, draft: { text: 'Привет', replyTo: null, mentions: [] } }]);
  });

  it('keeps the draft at once when asked to, and once only', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('Привет');
    composer.flush();
    composer.flush();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER * 2);
    expect(host.calls('save_draft')).toHaveLength(1);
  });

  it('brings the draft back, but never over what is being typed', async () => {
    const host = new FakeHost({ delay: 5 });
    host.drafts.set(CHAT, { text: 'старое', replyTo: '$1', mentions: [] });
    const first = new Composer(host, CHAT);
    void first.load();
    await settle();
    expect([first.text, first.replyTo]).toEqual(['старое', '$1']);
    const second = new Composer(host, CHAT);
    void second.load();
    second.write('новое');
    await settle();
    expect(second.text).toBe('новое');
  });

  it('forgets the draft only when the core has the message', async () => {
    const host = new FakeHost({ delay: 5 });
    const composer = new Composer(host, CHAT);
    composer.write('Привет');
    composer.flush();
    void composer.send();
    expect(composer.text).toBe('');
    expect(host.calls('save_draft')).toHaveLength(1);
    await settle();
    await settle();
    expect(host.calls('send_message')).toEqual([{ chat: CHAT, written: { text: 'Привет', mentions: [] }, replyTo: null, ack: null }]);
    expect(host.calls('save_draft').at(-1)).toEqual({ chat: CHAT, draft: null });
  });

  it('gives the text back with the reason when the core refuses it, before what was typed meanwhile', async () => {
    const host = new FakeHost({ delay: 5, failing: { send_message: { code: 'diskFull', retryAfter: null } } });
    const composer = new Composer(host, CHAT);
    composer.write('первое');
    composer.reply('$1');
    const sent = composer.send();
    composer.write('второе');
    await settle();
    expect(await sent).toBe(false);
    expect([composer.text, composer.replyTo, composer.failed]).toEqual(['первое\nвторое', '$1', { act: 'send', code: 'diskFull' }]);
  });

  it('gives the core one message after the other, and keeps what waits', async () => {
    const host = new FakeHost({ delay: 5 });
    const composer = new Composer(host, CHAT);
    for (const text of ['первое', 'второе', 'третье']) {
      composer.write(text);
      void composer.send();
    }
    expect(host.calls('send_message')).toHaveLength(1);
    expect(host.calls('save_draft').at(-1)).toMatchObject({ draft: { text: 'первое\nвторое\nтретье' } });
    await vi.advanceTimersByTimeAsync(6);
    expect(host.calls('save_draft').at(-1)).toMatchObject({ draft: { text: 'второе\nтретье' } });
    await settle();
    await settle();
    expect(host.calls('send_message').map((args) => (args as { written: { text: string } }).written.text)).toEqual(['первое', 'второе', 'третье']);
    expect(host.calls('save_draft').at(-1)).toEqual({ chat: CHAT, draft: null });
  });

  it('gives back all that waited behind a message that the core refuses, in its order', async () => {
    const host = new FakeHost({ delay: 5, failing: { send_message: { code: 'diskFull', retryAfter: null } } });
    const timeline = new Timeline(host, CHAT, [], null, undefined, OWN.id);
    timeline.open();
    await settle();
    const before = timeline.rows.length;
    const composer = new Composer(host, CHAT, timeline);
    const sent: Promise<boolean>[] = [];
    for (const text of ['первое', 'второе']) {
      composer.write(text);
      sent.push(composer.send());
    }
    composer.write('третье');
    expect(timeline.rows).toHaveLength(before + 2);
    await settle();
    expect(await Promise.all(sent)).toEqual([false, false]);
    expect([composer.text, composer.failed]).toEqual(['первое\nвторое\nтретье', { act: 'send', code: 'diskFull' }]);
    expect(host.calls('send_message')).toHaveLength(1);
    expect(timeline.rows).toHaveLength(before);
  });

  it('shows at once what looks the same before and after, and nothing else', async () => {
    const host = new FakeHost({ delay: 5 });
    const timeline = new Timeline(host, CHAT, [], null, undefined, OWN.id);
    timeline.open();
    await settle();
    const composer = new Composer(host, CHAT, timeline);
    const newest = () => timeline.messages().at(-1)?.message.body;
    composer.write(' Добрый день ');
    void composer.send();
    expect(newest()).toMatchObject({ text: { plain: 'Добрый день' } });
    const before = timeline.rows.length;
    composer.write('**важно**');
    void composer.send();
    composer.reply('$1');
    composer.write('ответ');
    void composer.send();
    expect(timeline.rows).toHaveLength(before);
    for (let i = 0; i < 4; i++) await settle();
    expect(timeline.rows).toHaveLength(before + 2);
  });

  it('sends nothing but spaces never', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('  \n ');
    expect(await composer.send()).toBe(false);
    expect(host.calls('send_message')).toEqual([]);
  });

  it('sends whom the text names, and no longer whom it does not', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, '!parents5a');
    composer.write('Спросите @мороз');
    composer.lookForName(15, null);
    await settle();
    expect(composer.mention('все')).toBe(24);
    expect(composer.text).toBe('Спросите @Морозов Павел ');
    composer.flush();
    const mentions = [{ id: '@p13:school1.example', name: 'Морозов Павел' }];
    expect(host.calls('save_draft')).toEqual([{ chat: '!parents5a', draft: { text: composer.text, replyTo: null, mentions } }]);
    void composer.send();
    await settle();
    expect(host.calls('send_message')).toMatchObject([{ written: { text: 'Спросите @Морозов Павел', mentions } }]);
    composer.write('@мороз');
    composer.lookForName(6, null);
    await settle();
    composer.mention('все');
    composer.write('@Морозов Паве');
    void composer.send();
    await settle();
    expect(host.calls('send_message')[1]).toMatchObject({ written: { text: '@Морозов Паве', mentions: [] } });
  });

  it('calls everybody who is called by hand, but only where one may', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    for (const [text, everyone] of [['@все, сюда', 'все'], ['@все, сюда', null], ['@всем привет', 'все']] as const) {
      composer.write(text);
      composer.lookForName(text.length, everyone);
      void composer.send();
    }
    await settle();
    expect(host.calls('send_message').map((args) => (args as { written: { mentions: unknown } }).written.mentions)).toEqual([[{ id: '@room', name: 'все' }], [], []]);
  });

  it('asks for an acknowledgement with one message only', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.askAck({ due: 5 });
    composer.write('Приказ');
    void composer.send();
    composer.write('Спасибо');
    void composer.send();
    await settle();
    expect(host.calls('send_message').map((args) => (args as { ack: unknown }).ack)).toEqual([{ due: 5 }, null]);
  });

  it('sends a recording as the answer it was meant to be and leaves the text alone', async () => {
    const host = new FakeHost();
    const composer = new Composer(host, CHAT);
    composer.write('черновик');
    composer.reply('$1');
    vi.spyOn(composer.voice, 'send').mockResolvedValue(true);
    await composer.sendVoice();
    expect(composer.voice.send).toHaveBeenCalledWith('$1');
    expect([composer.text, composer.replyTo]).toEqual(['черновик', null]);
  });
});

describe('a change of a message', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(20);

  /** An own message of the chat. */
  function ownText(host: FakeHost) {
    for (const { event, own, body } of messagesOf(host.chats.conversation(CHAT))) if (own && event && body.kind === 'text') return { event, text: body.text.plain };
    throw new Error('the sample has an own message');
  }

  async function editing(host: FakeHost) {
    const composer = new Composer(host, CHAT);
    composer.write('не отправлено');
    composer.reply('$1');
    void composer.edit(ownText(host).event);
    await settle();
    return composer;
  }

  it('brings the message into the field and puts what was being written aside', async () => {
    const host = new FakeHost();
    const composer = await editing(host);
    const { event, text } = ownText(host);
    expect([composer.editing, composer.text, composer.replyTo]).toEqual([event, text, null]);
    expect(host.calls('save_draft')).toEqual([{ chat: CHAT, draft: { text: 'не отправлено', replyTo: '$1', mentions: [] } }]);
    composer.write('иначе');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER * 2);
    composer.flush();
    expect(host.calls('save_draft')).toHaveLength(1);
    expect(composer.stopEditing()).toBe(true);
    expect([composer.editing, composer.text, composer.replyTo]).toEqual([null, 'не отправлено', '$1']);
    expect(composer.stopEditing()).toBe(false);
  });

  it('is sent as a change, and the draft comes back', async () => {
    const host = new FakeHost();
    const { event } = ownText(host);
    const composer = await editing(host);
    composer.write(' как надо ');
    void composer.send();
    await settle();
    expect(host.calls('edit_message')).toEqual([{ chat: CHAT, event, written: { text: 'как надо', mentions: [] } }]);
    expect([composer.editing, composer.text, composer.replyTo]).toEqual([null, 'не отправлено', '$1']);
    expect(host.calls('send_message')).toEqual([]);
  });

  it('is not sent where nothing was changed', async () => {
    const host = new FakeHost();
    const composer = await editing(host);
    expect(await composer.send()).toBe(true);
    expect(host.calls('edit_message')).toEqual([]);
    expect(composer.text).toBe('не отправлено');
  });

  it('comes back with the reason when the core refuses it', async () => {
    const host = new FakeHost({ failing: { edit_message: { code: 'tooLong', retryAfter: null } } });
    const composer = await editing(host);
    composer.write('как надо');
    void composer.send();
    await settle();
    expect([composer.editing, composer.text, composer.failed]).toEqual([ownText(host).event, 'как надо', { act: 'edit', code: 'tooLong' }]);
    composer.stopEditing();
    expect([composer.text, composer.replyTo]).toEqual(['не отправлено', '$1']);
  });

  it('does not begin where the message can not be read', async () => {
    const host = new FakeHost({ failing: { edit_source: { code: 'noNetwork', retryAfter: null } } });
    const composer = await editing(host);
    expect([composer.editing, composer.text, composer.failed]).toEqual([null, 'не отправлено', { act: 'open', code: 'noNetwork' }]);
  });

  it('gives way to an answer', async () => {
    const composer = await editing(new FakeHost());
    composer.reply('$2');
    expect([composer.editing, composer.text, composer.replyTo]).toEqual([null, 'не отправлено', '$2']);
  });

  it('does not lose a message that the core refuses meanwhile', async () => {
    const host = new FakeHost({ delay: 5, failing: { send_message: { code: 'diskFull', retryAfter: null } } });
    const composer = new Composer(host, CHAT);
    composer.write('важное');
    void composer.send();
    void composer.edit(ownText(host).event);
    await settle();
    expect(composer.editing).not.toBeNull();
    composer.stopEditing();
    expect(composer.text).toBe('важное');
  });
});
