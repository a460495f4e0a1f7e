import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from '../support/programs.mjs';
import { browser, device, message, openChat, say, signIn } from './browser.mjs';
import { inSight, two } from './conversation.mjs';
import { Person } from './person.mjs';

const DAY = 86_400_000;
/** Noon in Moscow so many days ago: far from midnight whenever it is now. */
const daysAgo = (days) => (Math.floor(Date.now() / DAY) - days) * DAY + 9 * 3_600_000;
/** More than comes at once. */
const MANY = 60;
/** Less than comes at once, and than one sees of a conversation. */
const FEW = 4;

/** Maria's place in a chat that has been talked in for days. */
async function longTalk(t, talk) {
  const [synapse, chrome] = await Promise.all([server(t), browser(t)]);
  const [head, parent] = ['maria', 'olga'].map((login) => Person.spokenFor(synapse, login));
  await talk({ chat: synapse.chat, head, parent });
  const { page, broken } = await device(t, chrome).open();
  await signIn(page, synapse, 'maria');
  await openChat(page);
  return { page, broken };
}

test('a quote leads to what was said long ago, and back leads to where one was', async (t) => {
  const { page, broken } = await longTalk(t, async ({ chat, head, parent }) => {
    const plan = await parent.say(chat, 'План экскурсии: музей, обед, парк');
    await head.sayMany(chat, 'разговор', MANY);
    await parent.say(chat, 'Помните о плане?', { replyTo: plan });
    await head.sayMany(chat, 'ответ', 3);
  });
  const answer = message(page, 'Помните о плане?');
  const plan = message(page, 'План экскурсии').filter({ hasNotText: 'Помните' });
  const back = page.getByRole('button', { name: 'Вернуться назад' });
  await inSight(page, answer);
  assert.equal(await plan.count(), 0);
  assert.equal(await back.count(), 0);
  await answer.getByTitle('Перейти к сообщению').click();
  await inSight(page, plan);
  await back.click();
  await inSight(page, answer);
  await back.waitFor({ state: 'detached' });
  // And once more by the keys.
  await answer.getByTitle('Перейти к сообщению').click();
  await inSight(page, plan);
  await page.keyboard.press('Alt+ArrowLeft');
  await inSight(page, answer);
  assert.deepEqual(broken, []);
});

test('the calendar goes to the first message of a day, and the newest end is one press away', async (t) => {
  const { page, broken } = await longTalk(t, async ({ chat, head }) => {
    for (const days of [6, 4, 2]) await head.sayMany(chat, `дней назад ${days}, реплика`, MANY, daysAgo(days));
  });
  const last = message(page, `дней назад 2, реплика № ${MANY}.`);
  await inSight(page, last);
  await page.getByRole('log').getByRole('button', { name: /Перейти к дате/ }).last().press('Enter');
  const calendar = page.getByRole('dialog', { name: 'Перейти к дате' });
  const chosen = (days) => calendar.getByRole('gridcell', { selected: true }).getByRole('button', { name: new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeZone: 'Europe/Moscow' }).format(daysAgo(days)) });
  await chosen(2).waitFor();
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowLeft');
  await chosen(4).press('Enter');
  await inSight(page, message(page, 'дней назад 4, реплика № 1.'));
  await page.getByRole('button', { name: 'К последним сообщениям' }).click();
  await inSight(page, last);
  assert.deepEqual(broken, []);
});

/** Olga has read the chat and looks into another one. */
async function lookingAway(t) {
  const { synapse, maria, olga, broken } = await two(t);
  const [head, parent] = ['maria', 'olga'].map((login) => Person.spokenFor(synapse, login));
  await head.makeChat('Родительский комитет', parent);
  await say(maria, 'Это прочитано');
  await message(maria, 'Это прочитано').getByLabel(/прочита(?:но|л)/i).waitFor();
  // A chat that was left goes on for a moment, for who comes straight back: she is away for longer.
  await olga.clock.install();
  await openChat(olga, 'Родительский комитет');
  await olga.clock.fastForward(10_000);
  const hears = (text) => olga.getByRole('listitem').filter({ hasText: text });
  return { chat: synapse.chat, head, maria, olga, hears, broken };
}

test('what came while one was away stands below a line where one reads on, and the newest end counts what is below', async (t) => {
  const { chat, head, maria, olga, hears, broken } = await lookingAway(t);
  for (let n = 1; n <= 12; n++) {
    await head.say(chat, `новость № ${n}.${'\nи ещё строка'.repeat(5)}`);
    await hears(`новость № ${n}.`).getByLabel(new RegExp(`^${n} непрочитан`)).waitFor();
  }
  await openChat(olga);
  await inSight(olga, olga.getByRole('separator', { name: 'Новые сообщения' }));
  await inSight(olga, message(olga, 'новость № 1.'));
  const latest = (count) => olga.getByRole('button', { name: new RegExp(`^${count} \\S+ сообщени\\S+ ниже$`) });
  await latest(12).waitFor();
  await say(maria, 'Самое новое');
  await latest(13).click();
  await inSight(olga, message(olga, 'Самое новое'));
  await latest('\\d+').waitFor({ state: 'detached' });
  await message(maria, 'Самое новое').getByLabel(/прочита(?:но|л)/i).waitFor();
  assert.deepEqual(broken, [[], []]);
});

/** Olga's app was closed on a chat that she had read, so much was said since, and she has opened it again. */
async function reopened(t, count) {
  const { synapse, homes, maria, leave, broken } = await two(t);
  await say(maria, 'Это прочитано');
  await message(maria, 'Это прочитано').getByLabel(/прочита(?:но|л)/i).waitFor();
  await leave();
  await Person.spokenFor(synapse, 'maria').sayMany(synapse.chat, 'новость', count);
  const { page, broken: again } = await homes.olga.open();
  return { page, broken: [...broken, again] };
}

test('in the chat that opens by itself, what came while the app was closed begins at a line that is in sight', async (t) => {
  const { page, broken } = await reopened(t, FEW);
  const line = page.getByRole('separator', { name: 'Новые сообщения' });
  await inSight(page, line);
  for (const text of ['Это прочитано', 'новость № 1.', `новость № ${FEW}.`]) await inSight(page, message(page, text));
  const stands = async (locator) => (await locator.boundingBox()).y;
  assert.ok((await stands(message(page, 'Это прочитано'))) < (await stands(line)) && (await stands(line)) < (await stands(message(page, 'новость № 1.'))));
  assert.deepEqual(broken, [[], [], []]);
});

test('of more than comes at once while the app was closed, the line stands before the first, one press away', async (t) => {
  const { page, broken } = await reopened(t, MANY);
  await inSight(page, message(page, `новость № ${MANY}.`));
  await page.getByRole('button', { name: /^\d+ новы\S+ сообщени\S+$/ }).click();
  const [line, read, first] = [page.getByRole('separator', { name: 'Новые сообщения' }), message(page, 'Это прочитано'), message(page, 'новость № 1.')];
  for (const one of [line, read, first]) await inSight(page, one);
  const [before, at, after] = await Promise.all([read, line, first].map(async (one) => (await one.boundingBox()).y));
  assert.ok(before < at && at < after);
  assert.deepEqual(broken, [[], [], []]);
});

test('the first unread of more than a chat opens with is one press away', async (t) => {
  const { chat, head, olga, hears, broken } = await lookingAway(t);
  await head.sayMany(chat, 'новость', 460);
  await hears('новость № 460.').getByLabel('460 непрочитанных').waitFor();
  await openChat(olga);
  await inSight(olga, message(olga, 'новость № 460.'));
  // They are read by now, and the way to the first of them is there all the same.
  await hears('новость № 460.').getByLabel('460 непрочитанных').waitFor({ state: 'detached' });
  await olga.getByRole('button', { name: '460 новых сообщений', exact: true }).click();
  await inSight(olga, message(olga, 'Это прочитано'));
  await inSight(olga, message(olga, 'новость № 1.'));
  await olga.getByRole('button', { name: /ниже$|К последним сообщениям/ }).click();
  await inSight(olga, message(olga, 'новость № 460.'));
  assert.deepEqual(broken, [[], []]);
});

test('what was said long ago is found in another form of the word and opened', async (t) => {
  const { maria, olga, broken } = await two(t);
  await say(maria, 'Контрольная по дробям в среду');
  await message(olga, 'Контрольная по дробям').waitFor();
  for (let n = 1; n <= 40; n++) await say(maria, `дальше ${n}`);
  await message(olga, 'дальше 40').waitFor();
  await olga.keyboard.press('Control+f');
  await olga.keyboard.type('контрольной');
  await olga.getByRole('option', { name: /Контрольная/ }).waitFor();
  await olga.keyboard.press('Enter');
  await message(olga, 'Контрольная по дробям').waitFor();
  await olga.keyboard.press('Escape');
  await olga.getByRole('button', { name: 'К последним сообщениям' }).click();
  await message(olga, 'дальше 40').waitFor();
  assert.deepEqual(broken, [[], []]);
});
