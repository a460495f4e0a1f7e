import type { Body, Item, Media, Message, Person, SystemEvent, Text } from '../src/host/host';
import { OWN, PEOPLE } from './sample-people';

const MINUTE = 60_000;

export const text = (plain: string, html = plain.replaceAll('\n', '<br>')): Text => ({ plain, html });
export const media = (name: string, more: Partial<Media> = {}): Media => ({ key: name, name, mime: null, size: null, width: null, height: null, seconds: null, blurhash: null, thumbnail: null, ...more });

let last = 0;
export function message(sender: Person, at: number, body: Body, more: Partial<Message> = {}): Item {
  const id = `m${++last}`;
  const own = sender.id === OWN.id;
  return { id, kind: { kind: 'message', message: { event: `$${id}`, sender, own, at, body, edited: false, reply: null, reactions: [], send: own ? { kind: 'read', count: 3 } : { kind: 'received' }, canEdit: own && body.kind === 'text', canDelete: own && body.kind !== 'deleted', mentionsMe: false, ack: null, ...more } } };
}
export const words = (plain: string, html?: string): Body => ({ kind: 'text', text: text(plain, html) });

/** A poll with so many votes for each answer; `kept` keeps the results back. */
export function poll(question: string, answers: string[], { votes = [], mine = -1, most = 1, kept = false, ended = false }: { votes?: number[]; mine?: number; most?: number; kept?: boolean; ended?: boolean } = {}): Body {
  return {
    kind: 'poll',
    poll: { question, answers: answers.map((text, i) => ({ id: `a${i}`, text, votes: kept && !ended ? null : (votes[i] ?? 0), own: i === mine })), most, disclosed: !kept, ended, voters: votes.reduce((sum, n) => sum + n, 0) },
  };
}
const system = (event: SystemEvent, at: number): Item => ({ id: `s${++last}`, kind: { kind: 'system', event, at } });
const day = (at: number): Item => ({ id: `d${new Date(at).toDateString()}`, kind: { kind: 'day', at } });

const TALK = [
  'Доброе утро!',
  'Напоминаю, что завтра сокращённые уроки.',
  'Уважаемые родители! В понедельник едем в краеведческий музей, сбор у входа в 9:15. Прошу подтвердить, что ознакомились, и прислать согласие.',
  'Спасибо!',
  'А форма одежды какая?',
  'Парадная, и сменную обувь не забудьте. Если кто-то не сможет приехать вовремя, напишите, пожалуйста, заранее, чтобы мы не ждали всей группой.',
  'Поняла, передам.',
  'Контрольную переписываем в среду после шестого урока, кабинет 214.\nС собой: тетрадь, линейка, циркуль.',
];

/** The last messages of a chat, with every kind of body and state. */
function showcase(now: number): Item[] {
  const [maria, sergey, , dmitry] = PEOPLE as [Person, Person, Person, Person];
  const at = (minutes: number) => now - minutes * MINUTE;
  const quoted = message(maria, at(150), words('Собрание 26 ноября в 18:30, кабинет 214.'));
  return [
    day(at(60 * 26)),
    system({ kind: 'created', who: maria }, at(60 * 26)),
    system({ kind: 'joined', who: sergey }, at(60 * 26)),
    system({ kind: 'chatRenamed', who: maria, name: '5 «А» · родители' }, at(60 * 26)),
    system({ kind: 'encryptionOn', who: maria }, at(60 * 26)),
    message(sergey, at(60 * 25), { kind: 'undecryptable', reason: 'sentBefore' }),
    message(sergey, at(60 * 25 - 1), { kind: 'undecryptable', reason: 'waitingForKey' }),
    message(dmitry, at(60 * 25 - 3), { kind: 'deleted' }),
    message(dmitry, at(60 * 25 - 4), { kind: 'other', eventType: 'school.parta.note' }),
    day(at(160)),
    quoted,
    message(maria, at(149), { kind: 'image', media: media('museum.svg', { width: 1600, height: 1067, blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' }), caption: text('Вот схема, как пройти') }),
    message(maria, at(148), { kind: 'file', media: media('Согласие на экскурсию.pdf', { size: 188_416 }), caption: null }, { reactions: [{ key: '👍', count: 12, own: true, who: [OWN, sergey] }, { key: '❤️', count: 4, own: false, who: [dmitry] }] }),
    message(OWN, at(140), words('Подтверждаю, Артём будет. Согласие пришлю сегодня вечером.'), { edited: true }),
    message(dmitry, at(120), { kind: 'audio', voice: true, waveform: Array.from({ length: 60 }, (_, i) => Math.round(500 + 480 * Math.sin(i / 3) * Math.sin(i / 17))), media: media('voice.ogg', { seconds: 24 }), caption: null }),
    message(dmitry, at(119), { kind: 'audio', voice: false, waveform: [], media: media('Гимн школы.mp3', { seconds: 185, size: 4_300_000 }), caption: null }),
    message(dmitry, at(118), poll('Когда удобнее собрание?', ['Среда, 18:00', 'Четверг, 18:30', 'Суббота, 11:00'], { votes: [4, 11, 2], mine: 1 })),
    message(OWN, at(117), poll('Какие кружки нужны в следующей четверти?', ['Робототехника', 'Шахматы', 'Хор', 'Лёгкая атлетика'], { most: 4, kept: true })),
    message(maria, at(116), poll('Куда едем весной?', ['Музей', 'Планетарий'], { votes: [9, 14], ended: true })),
    message(sergey, at(100), { kind: 'video', media: media('video.mp4', { width: 720, height: 1280, thumbnail: 'portrait.svg' }), caption: null }),
    message(sergey, at(99), { kind: 'image', media: media('portrait.svg', { width: 900, height: 1400 }), caption: null }),
    ...[['museum.svg', 1600, 1067], ['portrait.svg', 900, 1400], ['museum.svg', 1600, 1067], ['museum.svg', 1067, 1067], ['portrait.svg', 900, 1400]].map(([name, width, height], i) => message(maria, at(95) + i * 1000, { kind: 'image', media: media(name as string, { key: `${name as string}?${i}`, width: width as number, height: height as number }), caption: i === 4 ? text('Фото с прошлой поездки') : null })),
    message(dmitry, at(94), { kind: 'audio', voice: true, waveform: Array.from({ length: 60 }, (_, i) => Math.round(500 + 400 * Math.cos(i / 5))), media: media('voice2.ogg', { seconds: 7 }), caption: null }),
    ...['museum.svg', 'museum.svg'].map((name, i) => message(OWN, at(93) + i * 1000, { kind: 'image', media: media(name, { key: `${name}?own${i}`, width: 1600, height: 1067 }), caption: null }, { event: null, send: { kind: 'uploading', sent: 300_000 * (2 - i), total: 900_000 } })),
    message(OWN, at(92), { kind: 'file', media: media('Рабочая программа, 5 класс.docx', { size: 4_800_000 }), caption: null }, { event: null, send: { kind: 'uploading', sent: 1_900_000, total: 4_800_000 } }),
    message(OWN, at(91), { kind: 'file', media: media('Запись урока.zip', { size: 920_000_000 }), caption: null }, { event: null, send: { kind: 'failed', reason: 'tooLarge' } }),
    message(sergey, at(98), { kind: 'sticker', media: media('sticker.svg', { width: 256, height: 256 }) }),
    message(sergey, at(97), { kind: 'location', text: 'Краеведческий музей, ул. Ленина, 5' }),
    message(PEOPLE[8]!, at(80), words('Ссылка на сайт и @Мария', 'Смотрите <a href="https://school1.example/news?id=42">school1.example/news</a>, там всё про <b>экскурсию</b>. <a href="https://matrix.to/#/@p0:school1.example">Мария Петровна Щукина</a>, спасибо! Код: <code>x = 5</code>')),
    message(PEOPLE[8]!, at(79), words('список', '<p>Что взять с собой:</p><ul><li>воду</li><li>бутерброд</li></ul><blockquote>Без сладкой газировки</blockquote><p>До встречи!</p>')),
    message(maria, at(78), words('Уважаемые родители! В понедельник сбор у входа в 9:15. Прошу подтвердить, что вы прочитали правила поездки.'), { ack: { due: now + 3 * 24 * 60 * MINUTE, own: false, count: 12 }, reactions: [{ key: '✅', count: 12, own: false, who: [dmitry] }, { key: '👍', count: 2, own: false, who: [dmitry, sergey] }] }),
    message(OWN, at(77), words('Приказ о дежурстве в столовой во вложении к расписанию. Ознакомьтесь, пожалуйста.'), { ack: { due: now - 24 * 60 * MINUTE, own: false, count: 19 } }),
    message(maria, at(76), words('@Ольга Викторовна Кузнецова, посмотрите, пожалуйста', '<a href="https://matrix.to/#/@o.kuznetsova:school1.example">Ольга Викторовна Кузнецова</a>, посмотрите, пожалуйста'), { mentionsMe: true }),
    message(OWN, at(70), words('👍🎉')),
    message(OWN, at(69), words('Отличный план, мы за.'), { reply: { sender: maria, preview: { kind: 'text', text: 'Собрание 26 ноября в 18:30, кабинет 214.' }, event: (quoted.kind as { message: Message }).message.event! } }),
    { id: 'u', kind: { kind: 'unread' } },
    message(PEOPLE[2]!, at(8), words('А деньги на автобус сдаём в понедельник или переводом?')),
    message(PEOPLE[2]!, at(7), words('Да')),
    message(OWN, at(5), words('Это письмо сервер не принял'), { event: null, canEdit: false, canDelete: false, send: { kind: 'failed', reason: 'notAllowed' } }),
    message(OWN, at(3), words('Всем привет!'), { send: { kind: 'sent' } }),
    message(OWN, at(2), words('Мария Петровна писала, что автобус бесплатный 🙂'), { event: null, send: { kind: 'waiting' } }),
  ];
}

/** A long conversation whose end shows everything. */
export function sampleItems(count: number, now: number): Item[] {
  last = 0;
  const end = showcase(now);
  const items: Item[] = [];
  let at = now - 40 * 24 * 60 * MINUTE;
  const step = (now - 27 * 60 * MINUTE - at) / Math.max(1, count);
  let shown = '';
  for (let i = 0; items.length + end.length < count; i++) {
    const date = new Date(at).toDateString();
    if (date !== shown) items.push(day(at));
    shown = date;
    const who = i % 7 === 3 ? OWN : PEOPLE[Math.floor(i / 3) % PEOPLE.length]!;
    if (i % 53 === 20) items.push(system({ kind: 'joined', who: PEOPLE[i % 12]! }, at));
    else if (i % 31 === 9) items.push(message(who, at, { kind: 'image', media: media('museum.svg', i % 2 ? { width: 1600, height: 1067 } : {}), caption: null }));
    else items.push(message(who, at, words(`${TALK[i % TALK.length]} · ${i}`)));
    at += i % 4 === 0 ? step * 3.7 : step * 0.1;
  }
  return [...items, ...end];
}
