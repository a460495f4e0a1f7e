// Finding people and making chats in the fake host.

import type { Found, Person } from '../src/host/host';
import { score } from '../src/lib/match';
import type { FakeChats } from './fake-chats';
import type { FakeContacts } from './fake-contacts';
import type { FakeDetails } from './fake-details';
import type { Answers } from './fake-handlers';
import { badgeOf, PEOPLE } from './sample-people';

const found = (person: Person): Found => ({ person, badge: badgeOf(person.id) });

export function peopleAnswers(chats: FakeChats, details: FakeDetails, contacts: FakeContacts): Answers<'find_people' | 'my_classes' | 'direct_chat' | 'create_chat'> {
  let made = 0;
  return {
    find_people: ({ text, chat, most }) => {
      const people = chat === null ? PEOPLE : details.members(chat).filter((member) => !member.me).map((member) => member.person);
      const fit = ({ person, badge }: Found) => Math.max(score(person.name, text), badge ? score([badge.position, ...badge.subjects, ...badge.classes].filter(Boolean).join(' '), text) : 0);
      return people.map(found).filter((one) => fit(one) > 0).sort((a, b) => fit(b) - fit(a)).slice(0, most);
    },
    my_classes: () =>
      ['5А', '5Б', '7Б'].map((label) => {
        const of = PEOPLE.map(found).filter(({ badge }) => badge?.classes.includes(label));
        const role = (role: string) => of.filter(({ badge }) => badge?.role === role);
        return { id: `!class-${label}`, label, organisation: 'Школа № 1', students: role('student'), parents: role('parent'), teachers: role('teacher') };
      }),
    direct_chat: ({ person }) => {
      const known = chats.rows.find((row) => row.peer === person);
      if (known) return known.id;
      const id = `!new${++made}`;
      chats.add(id, PEOPLE.find((other) => other.id === person)?.name ?? contacts.known(person)?.person.name ?? person, { kind: 'direct', peer: person });
      return id;
    },
    create_chat: ({ chat }) => {
      const id = `!new${++made}`;
      chats.add(id, chat.name, { kind: chat.announcements ? 'channel' : 'group' });
      details.setPeople(id, PEOPLE.filter((person) => chat.people.includes(person.id)));
      details.change(id, () => ({ topic: chat.topic, announcements: chat.announcements }));
      return { chat: id, refused: [] };
    },
  };
}
