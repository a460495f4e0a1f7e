// Shows the screens without a core: /test/preview.html?screen=ended&theme=dark

import type { OrganisationKind, SessionState } from '../src/host/host';
import { start } from '../src/main';
import { previewCard } from './card-preview';
import { FakeHost, type FakeOptions } from './fake-host';

const query = new URLSearchParams(location.search);
const screens: Record<string, SessionState> = {
  welcome: { kind: 'signedOut' },
  choose: { kind: 'locked', reason: 'noKeychain', task: 'choosePassword' },
  enter: { kind: 'locked', reason: 'password', task: 'enterPassword' },
  over: { kind: 'locked', reason: 'keyLost', task: 'startOver' },
  again: { kind: 'locked', reason: 'noAnswer', task: 'tryAgain' },
  ended: { kind: 'ended', user: '@o.kuznetsova:school1.example', server: 'school1.example', unsent: 3 },
  starting: { kind: 'starting' },
};
const kind = (query.get('cabinet') || 'school') as OrganisationKind;
const options: FakeOptions = {
  session: screens[query.get('screen') ?? ''],
  settings: { theme: (query.get('theme') as 'light' | 'dark' | null) ?? 'light', language: (query.get('lang') as 'ru' | 'en' | null) ?? 'ru', compact: query.has('compact') },
  delay: Number(query.get('delay') ?? 5),
  slow: Number(query.get('slow') ?? 0),
  chats: Number(query.get('chats') ?? 300),
  messages: Number(query.get('messages') ?? 2000),
  connection: query.has('offline') ? { link: 'offline', since: Date.now() - 20 * 60_000, waiting: 2 } : {},
  demo: query.has('demo') ? { server: 'school1.example', accounts: [{ login: 'admin', password: 'parta', name: 'Сергей Иванович Власов', role: 'администратор' }, { login: 'maria', password: 'parta', name: 'Мария Петровна Щукина', role: 'учитель' }, { login: 'olga', password: 'parta', name: 'Ольга Кузнецова', role: 'родитель' }, { login: 'artyom', password: 'parta', name: 'Артём Кузнецов', role: 'ученик' }] } : null,
  // ?cabinet=school|college|kindergarten, with people=, classes=, stuck, several, administrator (no owner), blank.
  cabinet: query.has('cabinet') ? { kind, people: Number(query.get('people') ?? 1_000), classes: Number(query.get('classes') ?? 30), stuck: query.has('stuck'), several: query.has('several'), owner: !query.has('administrator'), empty: query.has('blank') } : undefined,
  // ?people=, classes=, several, blank as for the cabinet; ?nobody has none in any organisation.
  contacts: { kind, people: Number(query.get('people') ?? 1_000), classes: Number(query.get('classes') ?? 30), several: query.has('several'), empty: query.has('nobody') },
  snapshot: sessionStorage.getItem('snapshot'),
};

const host = new FakeHost(options);
if (query.has('offline')) host.chats.offline = true;
Object.assign(window, { host });
// ?card=teacher|parent|… and ?book=new|edit|import show these without the screen around them.
if (query.has('card') || query.has('book')) void previewCard(host, query);
else void start(host);
