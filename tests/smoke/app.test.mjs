import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Builder, By, Capabilities, Key, until } from 'selenium-webdriver';
import { folder, server } from '../support/programs.mjs';

const DEADLINE = 60_000;

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
  // By marks and names, not by words: the window speaks the language of the machine.
  const find = (css) => window.wait(until.elementLocated(By.css(css)), DEADLINE, `no ${css}`);
  const fill = async (name, text) => (await find(`input[name="${name}"]`)).sendKeys(text);
  const submit = async () => (await find('button[type="submit"]')).click();
  const say = async (text) => {
    const field = await find('textarea');
    await field.click();
    // Typed as one input: the driver's own keys lose letters outside Latin.
    await window.executeScript('document.execCommand("insertText", false, arguments[0])', text);
    await field.sendKeys(Key.ENTER);
  };
  /** Waits until an element that matches holds the text. */
  const shows = (css, text) =>
    window.wait(
      async () => (await window.executeScript('return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent).join("\\n")', css)).includes(text),
      DEADLINE,
      `no ${css} with ${text}`,
    );
  return { window, find, fill, submit, say, shows, kill };
}

test('the real app signs in, sends, is killed, starts offline and shows the message', async (t) => {
  const synapse = await server(t);
  const profile = join(folder(t), 'profile');
  const first = await app(t, profile);
  await first.fill('server', synapse.url);
  await first.submit();
  await first.fill('user', 'maria');
  await first.fill('password', synapse.password);
  await first.submit();
  await (await first.find(`[data-chat="${synapse.chat}"]`)).click();
  await first.say('Собрание в четверг');
  await first.shows('[data-message]', 'Собрание в четверг');
  await first.window.wait(async () => (await synapse.ask('texts')).includes('Собрание в четверг'), DEADLINE);
  first.kill();

  await synapse.ask('kill');
  const second = await app(t, profile);
  await (await second.find(`[data-chat="${synapse.chat}"]`)).click();
  await second.shows('[data-message]', 'Собрание в четверг');
  await second.find('[data-link="offline"]');
  await second.say('Написано без сети');
  await second.shows('[data-message]', 'Написано без сети');
  await synapse.ask('restart');
  await second.window.wait(async () => (await synapse.ask('texts')).includes('Написано без сети'), DEADLINE);
  assert.deepEqual(await synapse.ask('texts'), ['Собрание в четверг', 'Написано без сети']);
});
