import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Builder, By, Capabilities, until } from 'selenium-webdriver';
import { folder, server } from '../support/programs.mjs';

const DEADLINE = 60_000;
const CHAT = '5 «А» · родители';

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Waits until something listens there. */
async function listening(port) {
  const { connect } = await import('node:net');
  const end = Date.now() + DEADLINE;
  while (Date.now() < end) {
    const up = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
      socket.on('error', () => resolve(false));
    });
    if (up) return;
    await setTimeout(50);
  }
  throw new Error('tauri-driver did not start');
}

/** The real app on a profile of its own, driven through WebDriver. */
async function app(t, profile) {
  const [port, native] = [await freePort(), await freePort()];
  const driver = spawn(process.env.PARTA_TAURI_DRIVER, ['--port', `${port}`, '--native-port', `${native}`, '--native-driver', '/usr/bin/WebKitWebDriver'], {
    env: { ...process.env, PARTA_PROFILE: profile },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const kill = () => {
    try {
      process.kill(-driver.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  t.after(kill);
  await listening(port);
  const capabilities = new Capabilities();
  capabilities.set('browserName', 'wry');
  capabilities.set('tauri:options', { application: process.env.PARTA_APP });
  const window = await new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
  const find = (xpath) => window.wait(until.elementLocated(By.xpath(xpath)), DEADLINE, `no ${xpath}`);
  const type = async (label, text) => (await find(`//*[@aria-label="${label}"] | //input[@id=//label[normalize-space()="${label}"]/@for]`)).sendKeys(text);
  const press = async (text) => (await find(`//button[normalize-space()="${text}"]`)).click();
  const say = async (text) => {
    const field = await find('//textarea[@aria-label="Сообщение"]');
    await field.sendKeys(text, '\n');
  };
  return { window, find, type, press, say, kill };
}

test('the real app signs in, sends, is killed, starts offline and shows the message', async (t) => {
  const synapse = await server(t);
  const profile = join(folder(t), 'profile');
  const first = await app(t, profile);
  await first.type('Сервер', synapse.url);
  await first.press('Дальше');
  await first.type('Имя пользователя', 'maria');
  await first.type('Пароль', synapse.password);
  await first.press('Войти');
  await (await first.find(`//*[@role="listitem"][contains(., "${CHAT}")]`)).click();
  await first.say('Собрание в четверг');
  await first.find('//*[@data-message][contains(., "Собрание в четверг")]');
  await first.window.wait(async () => (await synapse.ask('texts')).includes('Собрание в четверг'), DEADLINE);
  first.kill();

  await synapse.ask('kill');
  const second = await app(t, profile);
  await (await second.find(`//*[@role="listitem"][contains(., "${CHAT}")]`)).click();
  await second.find('//*[@data-message][contains(., "Собрание в четверг")]');
  await second.find('//*[contains(text(), "Нет связи")]');
  await second.say('Написано без сети');
  await second.find('//*[contains(., "1 сообщение ждёт отправки")]');
  await synapse.ask('restart');
  await second.window.wait(async () => (await synapse.ask('texts')).includes('Написано без сети'), DEADLINE);
  assert.deepEqual(await synapse.ask('texts'), ['Собрание в четверг', 'Написано без сети']);
});
