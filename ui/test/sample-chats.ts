import type { ChatRow, LastMessage, Person } from '../src/host/host';
import { PEOPLE } from './sample-people';

const MINUTE = 60_000;
const said = (text: string, at: number, more: Partial<LastMessage> = {}): LastMessage => ({ sender: null, own: false, preview: { kind: 'text', text }, delivery: 'none', at, ...more });

const by = (name: string): Person => ({ id: `@${name}`, name, avatar: null, mark: 'none' });

export const row = (id: string, name: string, more: Partial<ChatRow>): ChatRow => ({ id, name, mark: 'none', kind: 'group', peer: null, avatar: null, last: null, unread: 0, mentions: 0, markedUnread: false, muted: false, canSend: true, draft: null, ...more });

/** Chats such as a teacher has; the first ones show every kind of row. */
export function sampleChats(count: number, now: number): ChatRow[] {
  const direct = (i: number) => ({ kind: 'direct' as const, peer: PEOPLE[i]!.id, mark: PEOPLE[i]!.mark, avatar: PEOPLE[i]!.avatar });
  const special: ChatRow[] = [
    row('!parents5a', '5 «А» · родители', { unread: 2, last: said('Мария Петровна писала, что автобус бесплатный 🙂', now - 2 * MINUTE, { own: true, delivery: 'waiting' }) }),
    row('!staff', 'Учительская', { unread: 12, mentions: 2, last: said('педсовет переносим на четверг, на 15:30', now - 14 * MINUTE, { sender: by('Сергей Иванович') }) }),
    row('!invite', 'Кружок робототехники', { kind: 'invitation', last: said('', now - 20 * MINUTE, { sender: by('Дмитрий Игоревич Орлов') }) }),
    row('!maria', PEOPLE[0]!.name, { ...direct(0), unread: 1, last: { ...said('', now - 40 * MINUTE), preview: { kind: 'voice', seconds: 24 } } }),
    row('!pupils5a', '5 «А» · ученики', { muted: true, unread: 46, last: said('а можно без формы в понедельник?', now - 60 * MINUTE, { sender: by('Артём') }) }),
    row('!news', 'Школа № 1 · новости', { kind: 'channel', canSend: false, unread: 3, last: said('Расписание звонков на последнюю неделю четверти', now - 150 * MINUTE) }),
    row('!olga', PEOPLE[2]!.name, { ...direct(2), draft: 'Здравствуйте! Дарья сегодня', last: said('Хорошо', now - 170 * MINUTE) }),
    row('!algebra', '7 «Б» · алгебра', { unread: 4, last: { ...said('', now - 240 * MINUTE, { sender: by('Дмитрий Игоревич') }), preview: { kind: 'file', name: 'Контрольная №3, вариант 2.docx' } } }),
    row('!failed', PEOPLE[3]!.name, { ...direct(3), last: said('Спасибо, передам завучу', now - 26 * 60 * MINUTE, { own: true, delivery: 'failed' }) }),
    row('!long', PEOPLE[8]!.name, { ...direct(8), muted: true, last: said('ОченьдлинноесловобезпробеловкотороедолжнообрезатьсяатонаползётнавремяОченьдлинноеслово', now - 30 * 60 * MINUTE) }),
    row('!rtl', '‮Обратное‬ имя‏ \u200b', { markedUnread: true, last: said('‫שלום‬ и ещё', now - 50 * 60 * MINUTE, { sender: by('‮имя') }) }),
    row('!committee', 'Родительский комитет', { last: said('собрали 24 из 28', now - 70 * 60 * MINUTE, { sender: by('Анна Сергеевна') }) }),
    row('!empty', 'Пустой чат', {}),
  ];
  const letters = ['А', 'Б', 'В', 'Г'];
  const kinds = ['родители', 'ученики', 'учителя', 'русский язык', 'литература', 'физика'];
  for (let i = special.length; i < count; i++) {
    const at = now - (80 + i * 7) * 60 * MINUTE;
    if (i % 3 === 0) special.push(row(`!c${i}`, `${PEOPLE[i % 12]!.name.split(' ')[0]} ${PEOPLE[(i * 5) % 12]!.name.split(' ').at(-1)}`, { ...direct(i % 12), avatar: null, last: said('Спасибо большое, всё получилось!', at) }));
    else special.push(row(`!c${i}`, `${(i % 11) + 1} «${letters[i % 4]}» · ${kinds[i % 6]}`, { last: said('Завтра первый урок отменяется, приходим ко второму', at, { sender: PEOPLE[i % 12]! }) }));
  }
  return special.slice(0, count);
}
