// What one does in a conversation and what is said about it, for pictures and for axe: what to open and what to do there.

const CHAT = '!parents5a';
const press = (page, name) => page.getByRole('button', { name }).first().click();
const talk = (act, id = CHAT) => async (page) => {
  await page.locator(`[data-chat="${id}"]`).click();
  await page.locator('[data-message]').first().waitFor();
  await page.waitForTimeout(400);
  await act?.(page);
};
/** Changes the newest message with some words in it; the part may name its body, its reactions, who has read it. */
const change = (page, words, part) =>
  page.evaluate(
    ([chat, words, part]) => {
      const { chats } = window.host;
      const messages = chats.conversation(chat).items.flatMap(({ kind }) => kind.message ?? []);
      const { event } = messages.findLast(({ body }) => JSON.stringify(body).includes(words));
      chats.change(chat, event, () => part);
      return event;
    },
    [CHAT, words, part],
  );
const message = (page, text) => page.getByRole('log').locator('[data-message]').filter({ hasText: text }).last();
const menu = async (page, text) => {
  await message(page, text).focus();
  await page.keyboard.press(' ');
  await page.getByRole('menuitem').first().waitFor();
};
const run = (text, name, act) =>
  talk(async (page) => {
    await menu(page, text);
    await page.getByRole('menuitem', { name }).click();
    await page.waitForTimeout(300);
    await act?.(page);
  });
const readBy = (count) => (page) => change(page, 'Отличный план', { send: { kind: 'read', count } });
const before = (prepare, act) => async (page) => (await prepare(page), await act(page));
const LONG = 'Уважаемые родители! В понедельник едем в краеведческий музей, сбор у входа в 9:15. Просьба не опаздывать: автобус ждать не будет. С собой сменная обувь, вода, бутерброд без сладкой газировки и подписанное согласие.';

/** Pins the newest messages with these words, in this order. */
const pin = (page, ...said) =>
  page.evaluate(
    ([chat, said]) => {
      const messages = window.host.chats.conversation(chat).items.flatMap(({ kind }) => kind.message ?? []);
      const pinned = said.map((words) => messages.findLast(({ body, event }) => event && JSON.stringify(body).includes(words)).event);
      window.host.details.change(chat, () => ({ pinned }));
    },
    [CHAT, said],
  );
const pins = (act, ...said) => talk(async (page) => (await pin(page, ...said), await page.waitForTimeout(200), await act?.(page)));
const pinned = (page) => press(page, 'Все закреплённые сообщения');
const MANY = ['Доброе утро', 'Контрольную', 'museum.svg', 'Гимн школы', 'Когда удобнее', 'Ссылка на сайт', 'video.mp4', 'Собрание 26', 'Приказ о дежурстве', 'правила поездки', 'voice.ogg', 'Согласие'];

const info = (act, id = CHAT) => talk(async (page) => (await page.getByRole('button', { name: 'О чате', exact: true }).click(), await page.waitForTimeout(300), await act?.(page)), id);
const shared = (tab, id = CHAT, act) =>
  info(async (page) => {
    await press(page, 'Медиа, файлы и ссылки');
    await page.getByRole('tab', { name: tab }).click();
    await page.waitForTimeout(300);
    await act?.(page);
  }, id);
/** Leaves nothing but words in a chat. */
const talkOnly = (page) =>
  page.evaluate(() => {
    const talk = window.host.chats.conversation('!staff');
    talk.items = talk.items.filter(({ kind }) => typeof kind.message?.body.text === 'object');
  });
const index = (state) => (page) => page.evaluate((state) => window.host.search.index.set(state), state);
const sealed = index({ done: 1, chats: 1, messages: 900, sealed: 42, filling: false });
const filling = index({ done: 0, chats: 1, messages: 900, sealed: 0, filling: true });
const addChosen = info(async (page) => {
  await press(page, 'Добавить людей');
  await page.getByRole('option').first().waitFor();
  for (let i = 0; i < 7; i++) await page.getByRole('option').nth(i).click();
}, '!staff');
const member = (name, act) =>
  info(async (page) => {
    await page.getByLabel('Найти участника').fill(name);
    await page.waitForTimeout(200);
    await page.locator('[data-member]').first().click();
    await act?.(page);
  });
const find = (text, prepare = () => {}) => talk(async (page) => (await prepare(page), await press(page, /Поиск в этом чате/), await page.keyboard.insertText(text), await page.waitForTimeout(500)));

const acks = (act) => talk(async (page) => (await message(page, 'Приказ о дежурстве').getByRole('button', { name: /Ознакомились/ }).click(), await page.getByRole('dialog').getByText('Никита Фёдоров').waitFor(), await act?.(page)));
const remindAll = (page) => page.getByRole('button', { name: /^Напомнить \d/ }).click();
const remind = (act) => acks(async (page) => (await remindAll(page), await act?.(page)));
const reminded = (act) => remind(async (page) => (await page.getByRole('button', { name: /^Напомнить/ }).last().click(), await page.waitForTimeout(300), await act?.(page)));

const remindedBefore = (page) => page.evaluate((chat) => window.host.acts.answers.ack_remind({ chat, people: ['@p20:school1.example', '@p21:school1.example', '@p22:school1.example'] }), CHAT);

const forward = (count) =>
  run('Отличный план', 'Переслать', async (page) => {
    for (let i = 0; i < count; i++) await page.getByRole('option').nth(i).click();
  });
const select = (act) =>
  run('Отличный план', 'Выбрать', async (page) => {
    for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowUp');
    await act?.(page);
  });
const typing = (names, id = CHAT) =>
  talk(
    (page) =>
      page.evaluate(
        ([id, names]) => window.host.details.typing(id).set(names.map((name, i) => ({ id: `@typing${i}:other.example`, name, avatar: null, mark: 'outsider' }))),
        [id, names],
      ),
    id,
  );
const NAME = 'Константин Константинович Константинопольский-Преображенский-Задунайский, классный руководитель всех классов';
const scrollTo = (text) =>
  talk(async (page) => {
    const log = page.getByRole('log');
    for (let i = 0; i < 60 && !(await message(page, text).count()); i++) await log.evaluate((e) => new Promise((done) => ((e.scrollTop -= 200), requestAnimationFrame(() => requestAnimationFrame(done)))));
    await message(page, text).evaluate((e) => e.scrollIntoView({ block: 'center' }));
  });
const poll = talk(async (page) => {
  await press(page, 'Прикрепить');
  await page.getByRole('menuitem', { name: 'Опрос' }).click();
  await page.locator('dialog input').first().fill('Какие кружки и дополнительные занятия нужны пятому классу в следующей четверти, если выбрать можно не больше двух?');
  for (let i = 1; i <= 10; i++) await page.locator('dialog input').nth(i).fill(`Ответ номер ${i}: очень длинный, про то, как мы собираемся в музей`);
});
const title = 'Родители и законные представители обучающихся 5 «А» класса муниципального бюджетного общеобразовательного учреждения № 1';
const rename = (page) =>
  page.evaluate(
    ([chat, title, topic]) => {
      window.host.chats.setRow(chat, (row) => ({ ...row, name: title }));
      window.host.details.change(chat, () => ({ topic }));
    },
    [CHAT, title, `${LONG}\n\n${LONG}`],
  );

export const TALK = {
  readers: { query: '', act: before(readBy(12), run('Отличный план', /Прочитали 12/)) },
  readersNone: { query: '', act: run('Всем привет', 'Кто прочитал') },
  readersBig: { query: '', act: before((page) => page.evaluate((id) => window.host.details.change(id, () => ({ members: 140 })), CHAT), before(readBy(97), run('Отличный план', /Прочитали 97/))) },
  reactors: {
    query: '',
    act: before(
      (page) => change(page, 'Отличный план', { reactions: ['👍', '❤️', '🎉', '✅', 'спасибо большое', '😂', '🔥'].map((key, i) => ({ key, count: 12 - i, own: i === 0, who: [] })) }),
      talk(async (page) => (await message(page, 'Отличный план').getByRole('button', { name: /^Реакция/ }).first().focus(), await page.keyboard.press('Alt+Enter'), await page.waitForTimeout(300))),
    ),
  },
  deleteOne: { query: '', act: run('Отличный план', 'Удалить') },
  deleteOthers: { query: '', act: before((page) => change(page, 'А деньги', { canDelete: true }), run('А деньги', 'Удалить')) },
  pinsMany: { query: '', act: pins(undefined, ...MANY) },
  pinsLong: { query: '', act: pins(undefined, 'Контрольную', 'Уважаемые родители! В понедельник едем') },
  pinsFile: { query: '', act: pins(undefined, 'Согласие') },
  pinsVoice: { query: '', act: pins(undefined, 'Доброе утро', 'voice.ogg') },
  pinsPanel: { query: '', act: pins(pinned, ...MANY) },
  pinsNone: { query: '', act: pins(async (page) => (await pinned(page), await page.getByRole('button', { name: 'Открепить' }).click(), await page.waitForTimeout(300)), 'Доброе утро') },
  info: { query: '', act: info() },
  sharedPictures: { query: '', act: shared('Медиа') },
  sharedFiles: { query: '', act: shared('Файлы') },
  sharedLinks: { query: '', act: shared('Ссылки') },
  sharedVoices: { query: '', act: shared('Голосовые') },
  sharedNone: { query: '', act: before(talkOnly, shared('Медиа', '!staff')) },
  sharedFilling: { query: '', act: before(filling, before(talkOnly, shared('Файлы', '!staff'))) },
  sharedSealed: { query: '', act: before(sealed, before(talkOnly, shared('Файлы', '!staff'))) },
  addPeople: { query: '', act: info((page) => press(page, 'Добавить людей')) },
  addChosen: { query: '', act: addChosen },
  removeMenu: { query: '', act: member('Константин') },
  remove: { query: '', act: member('Константин', (page) => page.getByRole('menuitem', { name: 'Удалить из чата' }).click()) },
  uninvite: { query: '', act: member('Андрей', (page) => page.getByRole('menuitem').last().click()) },
  acks: { query: '', act: acks() },
  remind: { query: '', act: remind() },
  remindMention: { query: '', act: remind((page) => page.getByRole('radio').nth(1).check()) },
  reminded: { query: '', act: reminded() },
  // Some of them were reminded a moment ago.
  remindAgain: { query: '', act: before(remindedBefore, remind()) },
  findSealed: { query: '', act: find('нетакого', sealed) },
  findFilling: { query: '', act: find('нетакого', filling) },
  findSome: { query: '', act: find('музей', filling) },
  findNothing: { query: '', act: find('нетакого') },
  forwardNone: { query: '', act: forward(0) },
  forwardMany: { query: '', act: forward(9) },
  forwardNothing: { query: '', act: run('Отличный план', 'Переслать', (page) => page.keyboard.insertText('нетакого')) },
  report: { query: '', act: run('А деньги', 'Пожаловаться') },
  selecting: { query: '', act: select() },
  deleteMany: { query: '', act: select((page) => press(page, 'Удалить')) },
  typingOne: { query: '', act: typing([NAME]) },
  typingTwo: { query: '', act: typing([NAME, NAME]) },
  failed: { query: '', act: scrollTo('Это письмо сервер не принял') },
  failedUpload: { query: '', act: scrollTo('Запись урока') },
  storage: { query: '', act: async (page) => (await press(page, /^Настройки/), await page.getByText('Хранилище').scrollIntoViewIfNeeded()) },
  storageClear: { query: '', act: async (page) => (await press(page, /^Настройки/), await page.locator('[data-clear]').click()) },
  pollLong: { query: '', act: poll },
  pollWrong: { query: '', act: before(poll, (page) => page.locator('dialog input').nth(0).fill('').then(() => press(page, 'Отправить опрос'))) },
  longTitle: { query: '', act: before(rename, talk()) },
  longTitleInfo: { query: '', act: before(rename, info()) },
  emoji: { query: '', act: talk((page) => page.getByRole('button', { name: /эмодзи/i }).first().click()) },
  emojiFound: { query: '', act: talk(async (page) => (await page.getByRole('button', { name: /эмодзи/i }).first().click(), await page.waitForTimeout(300), await page.keyboard.insertText('сердце'))) },
  emojiNothing: { query: '', act: talk(async (page) => (await page.getByRole('button', { name: /эмодзи/i }).first().click(), await page.waitForTimeout(300), await page.keyboard.insertText('нетакогоэмодзинигденетиникогданебудет'))) },
  calendar: { query: '', act: talk(async (page) => (await press(page, 'Ещё о чате'), await page.getByRole('menuitem', { name: 'Перейти к дате' }).click())) },
  calendarBefore: { query: '', act: talk(async (page) => (await press(page, 'Ещё о чате'), await page.getByRole('menuitem', { name: 'Перейти к дате' }).click(), await page.waitForTimeout(200), await page.keyboard.press('PageUp'))) },
};
