import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { ORGANISATION } from '../../../test/fake-cabinet';
import { NO_FILTERS } from '../../host/contacts';
import type { Calls, ContactFilters } from '../../host/host';
import { Contacts, PAGE } from './contacts.svelte';
import { readFilters } from './filters';
import { chosenFilters, classBlocks, rolesTitle } from './words';

type Asked = Calls['find_contacts']['args'];
let host: FakeHost;
let contacts: Contacts;
const asked = () => host.calls('find_contacts') as Asked[];
const idle = () => vi.waitFor(() => expect(contacts.idle).toBe(true));

async function opened(options: ConstructorParameters<typeof FakeHost>[0] = {}, filters?: ContactFilters) {
  host = new FakeHost({ contacts: { people: 400 }, ...options });
  contacts = new Contacts(host, filters);
  contacts.open();
  await vi.waitFor(() => expect(contacts.total ?? contacts.failed).not.toBeNull());
}

beforeEach(() => opened());

describe('what is typed', () => {
  it('is asked at once, and marks the first who answers', async () => {
    contacts.type('5а');
    expect(asked().at(-1)).toMatchObject({ text: '5а', skip: 0, most: PAGE });
    await idle();
    expect([contacts.at, contacts.hit(0)!.badge!.classes.includes('5А')]).toEqual([0, true]);
    expect(contacts.hit(0)!.marks.length).toBeGreaterThan(0);
  });

  it('leaves what was found before until the answer', async () => {
    const [total, first] = [contacts.total, contacts.hit(0)];
    contacts.type('нетакого');
    expect([contacts.total, contacts.hit(0)]).toEqual([total, first]);
    await idle();
    expect([contacts.total, contacts.hit(0), contacts.at]).toEqual([0, null, -1]);
  });

  it('is not asked again for a space at its end', async () => {
    contacts.type('мария');
    await idle();
    const before = asked().length;
    contacts.type('мария ');
    expect(asked().length).toBe(before);
  });

  it('is cut, and never through the middle of a character', async () => {
    contacts.type(`  ${'😀'.repeat(5_000)}"»‏שלום`);
    expect(Array.from(asked().at(-1)!.text)).toEqual(Array.from({ length: 150 }, () => '😀'));
    expect(contacts.text.length).toBeGreaterThan(10_000);
    await idle();
  });

  it('gets no answer to what was typed before', async () => {
    const answers: (() => void)[] = [];
    const real = host.call.bind(host);
    vi.spyOn(host, 'call').mockImplementation(((name: 'find_contacts', args: Asked) => new Promise((resolve) => answers.push(() => resolve(real(name, args))))) as never);
    contacts.type('абрамов');
    contacts.type('нетакого');
    answers[1]!();
    await idle();
    answers[0]!();
    await real('media_size', {});
    await real('media_size', {});
    expect(contacts.total).toBe(0);
  });

  it('says why there is no answer, and asks again', async () => {
    host.failing = { find_contacts: { code: 'internal', retryAfter: null } };
    contacts.type('мария');
    await idle();
    expect(contacts.failed?.code).toBe('internal');
    host.failing = {};
    await contacts.ask();
    expect([contacts.failed, contacts.total! > 0]).toEqual([null, true]);
  });
});

describe('what a key is pressed for', () => {
  const done: (string | null)[] = [];
  const note = (index: number) => void done.push(contacts.hit(index)?.person.id ?? null);
  beforeEach(() => void (done.length = 0));

  it('waits for whom the words that were typed find', async () => {
    const before = contacts.hit(0)!.person.id;
    contacts.type('щукин');
    contacts.whenAnswered(note);
    expect(done).toEqual([]);
    await idle();
    expect([done, contacts.at]).toEqual([[contacts.hit(0)!.person.id], 0]);
    expect(done).not.toEqual([before]);
    contacts.whenAnswered(note);
    expect(done.length).toBe(2);
  });

  it('waits for the filters too, and for the very first answer', async () => {
    contacts.type('5');
    await idle();
    contacts.filter({ roles: ['teacher'] });
    contacts.whenAnswered(note);
    expect(done).toEqual([]);
    await idle();
    expect(done).toEqual([contacts.hit(0)!.person.id]);
    host = new FakeHost({ contacts: { people: 400 } });
    contacts = new Contacts(host);
    contacts.open();
    contacts.type('щукин');
    contacts.whenAnswered(note);
    await vi.waitFor(() => expect(done.length).toBe(2));
  });

  it('is nothing where nobody is marked', async () => {
    contacts.whenAnswered(note);
    contacts.type('нетакого');
    contacts.whenAnswered(note);
    await idle();
    expect([done, contacts.at]).toEqual([[], -1]);
  });

  it('is meant no longer after another key, a click, other words or a failure', async () => {
    const meant = (text: string) => (contacts.type(text), contacts.whenAnswered(note));
    meant('щукин');
    contacts.forget();
    await idle();
    meant('абр');
    contacts.type('абра');
    await idle();
    meant('щук');
    contacts.filter({ roles: ['teacher'] });
    await idle();
    host.failing = { find_contacts: { code: 'internal', retryAfter: null } };
    meant('мар');
    await idle();
    host.failing = {};
    contacts.whenAnswered(note);
    await contacts.ask();
    expect(done).toEqual([]);
  });

  it('is never somebody else than the one who was marked by hand meanwhile', async () => {
    contacts.type('щуки');
    await idle();
    const stays = contacts.hit(1)!.person.id;
    contacts.type('щукин');
    contacts.step(1);
    contacts.whenAnswered(note);
    await idle();
    expect(done).toEqual([stays]);
    contacts.type('абрамов');
    contacts.step(1);
    contacts.whenAnswered(note);
    await idle();
    expect([done.length, contacts.at]).toEqual([1, -1]);
  });
});

describe('a long list', () => {
  it('comes as far as it is looked at', async () => {
    const stop = contacts.see(PAGE * 3);
    await vi.waitFor(() => expect(contacts.hit(PAGE * 3)).not.toBeNull());
    stop();
    expect(contacts.hit(PAGE)).toBeNull();
    expect(asked().map(({ skip }) => skip)).toEqual([0, PAGE * 3]);
  });

  it('does not ask for what was only passed', async () => {
    await opened({ contacts: { people: 2_000 } });
    for (let page = 1; page < 30; page++) contacts.see(page * PAGE)();
    const stop = contacts.see(30 * PAGE);
    await vi.waitFor(() => expect(contacts.hit(30 * PAGE)).not.toBeNull());
    expect(asked().length).toBeLessThan(6);
    stop();
  });

  it('says what did not come, and goes on', async () => {
    host.failing = { find_contacts: { code: 'internal', retryAfter: null } };
    const stop = contacts.see(PAGE);
    await vi.waitFor(() => expect(contacts.torn?.code).toBe('internal'));
    expect(contacts.failed).toBeNull();
    host.failing = {};
    contacts.mend();
    await vi.waitFor(() => expect(contacts.hit(PAGE)).not.toBeNull());
    stop();
  });
});

describe('when the people change', () => {
  it('asks for what is seen, and keeps the place', async () => {
    const stops = [contacts.see(PAGE), contacts.see(PAGE * 2)];
    await vi.waitFor(() => expect([contacts.hit(PAGE), contacts.hit(PAGE * 2)]).not.toContain(null));
    contacts.at = PAGE + 5;
    const { id } = contacts.hit(contacts.at)!.person;
    contacts.card = id;
    const { begun, total } = contacts;
    host.contacts.drop(contacts.hit(PAGE)!.person.id);
    await vi.waitFor(() => expect(contacts.total).toBe(total! - 1));
    expect([contacts.hit(contacts.at)!.person.id, contacts.at, contacts.card, contacts.begun]).toEqual([id, PAGE + 4, id, begun]);
    stops.forEach((stop) => stop());
  });

  it('says nothing where the quiet question fails', async () => {
    const { total } = contacts;
    host.failing = { find_contacts: { code: 'internal', retryAfter: null } };
    host.contacts.change();
    await idle();
    expect([contacts.failed, contacts.total]).toEqual([null, total]);
  });

  it('asks once more where they change during a question', async () => {
    contacts.type('мария');
    host.contacts.change();
    host.contacts.change();
    await idle();
    expect(asked().map(({ text }) => text)).toEqual(['', 'мария', 'мария']);
  });
});

describe('filters', () => {
  it('narrow together with the words', async () => {
    contacts.type('5');
    contacts.filter({ roles: ['teacher'], stages: [5] });
    await idle();
    expect(contacts.total).toBeGreaterThan(0);
    expect(contacts.hit(0)!.badge!.role).toBe('teacher');
    expect(contacts.everybody).toBe(false);
    contacts.reset();
    await idle();
    expect([contacts.filtered, contacts.text]).toEqual([false, '5']);
  });

  it('are those of the last time', async () => {
    await opened({}, { ...NO_FILTERS, roles: ['staff'] });
    expect(asked()).toMatchObject([{ filters: { roles: ['staff'] } }]);
    expect(contacts.hit(0)!.badge!.role).toBe('staff');
  });

  it('are named, also where what was chosen is gone', async () => {
    contacts.filter({ roles: ['teacher'], stages: [5], classes: [{ organisation: ORGANISATION, id: 'nothing' }], statuses: ['removed'] });
    await idle();
    expect(chosenFilters(contacts.filters, contacts.counts, contacts.kinds).map(({ text }) => text)).toEqual(['Учителя', '5-е классы', 'того, что выбрано, больше нет', 'Выбыли']);
  });

  it('are read from a snapshot with suspicion', () => {
    expect(readFilters(undefined)).toEqual(NO_FILTERS);
    expect(readFilters('teacher')).toEqual(NO_FILTERS);
    expect(readFilters({ roles: ['king', 'teacher', 3], classes: [{ organisation: 'o', id: 'c', more: 1 }, null, { id: 1 }], stages: [5, -1, 300, 1.5, '5'], subjects: 'физика', statuses: ['removed'], sources: [''], else: 1 })).toEqual({
      roles: ['teacher'],
      classes: [{ organisation: 'o', id: 'c' }],
      stages: [5],
      subjects: [],
      statuses: ['removed'],
      sources: [],
    });
  });
});

describe('the classes to choose from', () => {
  it('stand by year, and a whole year before its classes', () => {
    const { blocks, stages } = classBlocks(contacts.counts, contacts.kinds, '');
    expect(stages).toEqual([]);
    expect(blocks).toHaveLength(1);
    const fifth = blocks[0]!.rows.find(({ stage }) => stage?.stage === 5)!;
    expect(fifth.classes.map(({ label }) => label)).toEqual(['5А', '5Б', '5В']);
    expect(blocks[0]!.rows.at(-1)).toMatchObject({ stage: null, classes: [{ label: 'Театральная студия' }] });
    expect(classBlocks(contacts.counts, contacts.kinds, '5б').blocks[0]!.rows.flatMap(({ classes }) => classes.map(({ label }) => label))).toEqual(['5Б']);
  });

  it('share a year of two schools', () => {
    const one = (organisation: string) => ({ organisation, id: 'c', label: '5А', count: 1 });
    const { stages, blocks } = classBlocks({ ...contacts.counts, classes: [one('a'), one('b')], stages: [{ stage: 5, count: 2 }] }, new Map(), '');
    expect(stages).toEqual([{ stage: 5, count: 2 }]);
    expect(blocks.map(({ rows }) => rows.map(({ stage }) => stage))).toEqual([[null], [null]]);
  });

  it('are called as their organisations call them', () => {
    expect(rolesTitle('teacher', new Map([['a', 'school'], ['b', 'kindergarten']]))).toBe('Учителя, воспитатели');
    expect(rolesTitle('student', new Map([['a', 'college']]))).toBe('Обучающиеся');
  });
});
