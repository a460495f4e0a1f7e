import assert from 'node:assert/strict';
import { test } from 'node:test';
import { message, say } from './browser.mjs';
import { two } from './conversation.mjs';

const record = (page) => page.getByRole('button', { name: 'Записать голосовое сообщение' }).click();
const bar = (page) => page.getByRole('group', { name: 'Голосовое сообщение' });

test('a voice message is paused, gone on with, listened to, sent, and heard at any speed on the other side', async (t) => {
  const { maria, olga, broken } = await two(t, { permissions: ['microphone'] });
  const button = (name) => bar(maria).getByRole('button', { name, exact: true });
  await record(maria);
  const timer = bar(maria).getByRole('timer');
  await timer.getByText('0:01').waitFor();
  await button('Приостановить запись').click();
  await button('Продолжить запись').waitFor();
  const paused = await timer.textContent();
  // Nothing is recorded while others talk.
  for (let n = 1; n <= 12; n++) {
    await say(olga, `пока молчат ${n}.`);
    await message(maria, `пока молчат ${n}.`).waitFor();
  }
  assert.equal(await timer.textContent(), paused);
  await button('Продолжить запись').click();
  await timer.getByText('0:04').waitFor();
  await button('Закончить и послушать').click();
  await button('Слушать').click();
  await button('Пауза').click();
  await button('Слушать').waitFor();
  const length = await bar(maria).getByRole('slider', { name: 'Место в записи' }).getAttribute('max');
  assert.ok(Number(length) >= 4, length);
  await button('Отправить голосовое сообщение').click();
  await bar(maria).waitFor({ state: 'detached' });
  await maria.getByRole('log').getByLabel(/отправлено|прочита(?:но|л)/i).waitFor();

  // The sound itself is not on the page.
  await olga.evaluate(() => {
    window.Audio = class extends Audio {
      constructor() {
        super();
        window.heard = this;
      }
    };
  });
  const got = olga.getByRole('log');
  await got.getByRole('button', { name: 'Слушать' }).click();
  await got.getByRole('button', { name: 'Пауза' }).click();
  await got.getByRole('button', { name: 'Слушать' }).waitFor();
  const rate = () => olga.evaluate(() => window.heard.playbackRate);
  for (const [shown, sounds] of [['1', 1], ['1,5', 1.5], ['2', 2]]) {
    const speed = got.getByRole('button', { name: `Скорость: ${shown}`, exact: true });
    await speed.waitFor();
    assert.equal(await rate(), sounds);
    await speed.click();
  }
  await got.getByRole('button', { name: 'Скорость: 1', exact: true }).waitFor();
  assert.equal(await rate(), 1);
  // It goes on to its end.
  await got.getByRole('button', { name: 'Слушать' }).click();
  await olga.waitForFunction(() => window.heard.ended);
  await got.getByRole('button', { name: 'Слушать' }).waitFor();
  assert.deepEqual(broken, [[], []]);
});

for (const [what, devices, sentence] of [
  ['a computer without a microphone', ['--disable-audio-input', '--use-fake-ui-for-media-stream'], 'Микрофон не найден. Подключите его и попробуйте ещё раз.'],
  ['a microphone that may not be used', ['--use-fake-device-for-media-stream', '--deny-permission-prompts'], 'Доступ к микрофону закрыт. Разрешите его для «Парты» в настройках системы и попробуйте ещё раз.'],
])
  test(`${what} is told in a sentence, and one goes on writing`, async (t) => {
    const { maria, olga, broken } = await two(t, {}, devices);
    await record(maria);
    const alert = maria.getByRole('alert').filter({ hasText: sentence });
    await alert.waitFor();
    await bar(maria).waitFor({ state: 'detached' });
    await alert.getByRole('button', { name: 'Закрыть' }).click();
    await alert.waitFor({ state: 'detached' });
    await maria.keyboard.type('Напишу словами');
    await maria.keyboard.press('Enter');
    await message(olga, 'Напишу словами').waitFor();
    assert.deepEqual(broken, [[], []]);
  });
