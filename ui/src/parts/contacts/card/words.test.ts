import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CARDS } from '../../../../test/fake-card';
import { FakeHost } from '../../../../test/fake-host';
import type { ContactCard } from '../../../host/host';
import { Inviting } from './inviting.svelte';
import { cardName, copyable, standing } from './words';

const cardOf = (person: string): Promise<ContactCard> => new FakeHost().call('contact_card', { person });
const copied = async (person: string) => copyable(await cardOf(person)).map(({ text }) => text);

describe('what can be copied', () => {
  it('is the name, and the name with role and classes', async () => {
    expect(await copied(CARDS.parent)).toEqual(['Ирина Андреевна Соколова', 'Ирина Андреевна Соколова, родитель, 5А, 5Б, 7Б']);
    expect(await copied(CARDS.student)).toEqual(['Артём Кузнецов', 'Артём Кузнецов, ученик, 5А']);
  });

  it('has a line for each of several organisations, in their words', async () => {
    expect((await copied(CARDS.teacher))[1]).toBe(
      ['Мария Петровна Щукина', 'Школа № 1: учитель, русский язык, литература, классный руководитель 5А, 6Б, 7А, 7Б, 8А', 'Колледж связи № 4: преподаватель, литература, куратор ИС-21'].join('\n'),
    );
  });

  it('is what the address book has of him', async () => {
    expect(await copied(CARDS.own)).toEqual(['Ковалёва Нина Сергеевна', '+7 912 345-67-89', '8 (495) 123-45-67 доб. 12', 'n.kovaleva@biblioteka-gaidara.example']);
  });

  it('says nothing of a role that he had once', async () => {
    expect(await copied(CARDS.former)).toHaveLength(1);
    expect(await copied(CARDS.imitator)).toEqual(['Мария Петровна Щукина']);
  });
});

it('says who is from elsewhere, and the verified name where there is one', async () => {
  const words = async (person: string) => standing(await cardOf(person));
  expect(await words(CARDS.teacher)).toBeNull();
  expect(await words(CARDS.me)).toBe('Это вы');
  expect(await words(CARDS.former)).toBe('Не из вашей организации');
  expect(await words(CARDS.known)).toBe('Не из вашей организации, есть в вашей адресной книге');
  expect(await words(CARDS.own)).toBe('Из вашей адресной книги');
  expect(cardName(await cardOf(CARDS.college))).toBe('Ксения Андреевна Громова');
});

describe('calling somebody into a chat', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  async function open(host = new FakeHost(), chats: string[] = []) {
    const inviting = new Inviting(host, CARDS.known, chats);
    const stop = inviting.watch();
    await vi.advanceTimersByTimeAsync(2_000);
    return { host, inviting, stop };
  }

  it('offers the chats where one may invite, and none else', async () => {
    const { inviting, stop } = await open();
    expect(inviting.looking).toBe(false);
    expect(inviting.found.map(({ id }) => id).sort()).toEqual(['!committee', '!empty', '!parents5a', '!staff']);
    inviting.query = 'учит';
    expect(inviting.found.map(({ id }) => id)).toEqual(['!staff']);
    stop();
  });

  const shown = ({ found }: Inviting) => found.map(({ id }) => id);

  it('leaves mark and rows where they are, whatever is written meanwhile', async () => {
    const { host, inviting, stop } = await open();
    const before = shown(inviting);
    expect(inviting.marked?.id).toBe(before[0]);
    expect(inviting.step(2)).toBe(2);
    inviting.choose(inviting.marked);
    host.chats.receive(before[3]!, 'Собрание в шесть');
    host.chats.receive(before[1]!, 'Спасибо');
    await vi.advanceTimersByTimeAsync(2_000);
    expect([shown(inviting), inviting.marked?.id, inviting.chosen?.id]).toEqual([before, before[2], before[2]]);
    stop();
  });

  it('puts chats that answer later below, also below those that fit worse', async () => {
    const host = new FakeHost();
    const told = new Map<string, (invite: boolean) => void>();
    const watch = host.watch.bind(host) as (...args: unknown[]) => () => void;
    vi.spyOn(host, 'watch').mockImplementation(((name: string, args: { chat: string }, on: (update: unknown) => void) => {
      if (name !== 'details') return watch(name, args, on);
      told.set(args.chat, (invite) => on({ rights: { invite } }));
      return () => undefined;
    }) as never);
    const { inviting, stop } = await open(host);
    const [first, second, third] = [...told.keys()] as [string, string, string];
    told.get(third)!(true);
    inviting.step(0);
    told.get(first)!(true);
    expect([shown(inviting), inviting.marked?.id]).toEqual([[third, first], third]);
    // A word that is typed sorts anew, and what comes then stands below again.
    inviting.query = inviting.found[1]!.name;
    expect(shown(inviting)[0]).toBe(first);
    told.get(second)!(true);
    inviting.query = '';
    expect(shown(inviting)).toEqual([first, second, third]);
    stop();
  });

  it('invites nowhere but where the choice is seen', async () => {
    const { host, inviting, stop } = await open();
    inviting.choose(inviting.found.find(({ id }) => id === '!staff'));
    inviting.query = 'родительский';
    expect([inviting.chosen, await inviting.invite()]).toEqual([null, false]);
    inviting.query = '';
    expect(inviting.chosen?.id).toBe('!staff');
    host.chats.remove('!staff');
    await vi.advanceTimersByTimeAsync(20);
    expect([inviting.chosen, await inviting.invite(), host.calls('invite_people')]).toEqual([null, false, []]);
    expect(inviting.marked?.id).toBe(shown(inviting)[0]);
    stop();
  });

  it('takes no other choice while it invites', async () => {
    const { host, inviting, stop } = await open();
    inviting.choose(inviting.found[0]);
    const [chosen, other] = inviting.found;
    const underWay = inviting.invite();
    inviting.choose(other);
    expect(inviting.chosen).toEqual(chosen);
    await vi.advanceTimersByTimeAsync(2_000);
    await underWay;
    expect(host.calls('invite_people')).toEqual([{ chat: chosen!.id, people: [CARDS.known] }]);
    stop();
  });

  it('does not offer him a chat twice', async () => {
    const { inviting, stop } = await open(new FakeHost(), ['!staff']);
    inviting.choose(inviting.found.find(({ id }) => id === '!staff'));
    expect(inviting.chosen).toBeNull();
    stop();
  });

  it('says where he was not taken', async () => {
    const { host, inviting, stop } = await open();
    inviting.choose(inviting.found.find(({ id }) => id === '!staff'));
    const [person] = host.details.members('!staff').map((member) => member.person);
    const call = vi.spyOn(host, 'call').mockResolvedValueOnce([person] as never);
    expect(await inviting.invite()).toBe(false);
    expect([inviting.refused, inviting.busy]).toEqual([[person], false]);
    call.mockRejectedValueOnce({ code: 'notAllowed', retryAfter: null });
    expect([await inviting.invite(), inviting.failed]).toEqual([false, 'notAllowed']);
    call.mockResolvedValueOnce([] as never);
    expect(await inviting.invite()).toBe(true);
    expect(call).toHaveBeenLastCalledWith('invite_people', { chat: '!staff', people: [CARDS.known] });
    stop();
  });
});
