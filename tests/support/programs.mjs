// Starts the programs that a test talks to. Each ends with its standard input, so none outlives its test.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const DEADLINE = 90_000;

/** A folder that is gone after the test. */
export function folder(t) {
  const dir = mkdtempSync(join(tmpdir(), 'parta-'));
  t.after(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

/** A program that speaks in lines. */
export function program(command, args, env = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  const said = [];
  createInterface({ input: child.stdout }).on('line', (line) => (waiting.length > 0 ? waiting.shift()(line) : said.push(line)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    child,
    line() {
      if (said.length > 0) return Promise.resolve(said.shift());
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${command} said nothing`)), DEADLINE);
        waiting.push((line) => (clearTimeout(late), resolve(line)));
        ended.then(() => (clearTimeout(late), reject(new Error(`${command} ended`))));
      });
    },
    say: (line) => child.stdin.write(`${line}\n`),
    kill: () => (child.kill('SIGKILL'), ended),
    stop: () => (child.stdin.end(), ended),
  };
}

/** A real Synapse with two people, maria and olga, in one chat. */
export async function server(t) {
  let running;
  t.after(() => running?.stop());
  // It keeps its files in here, and among them what speaks for anybody on it.
  const home = folder(t);
  running = program(join(process.env.PARTA_PROGRAMS, 'parta-test-server'), [], { TMPDIR: home });
  const about = JSON.parse(await running.line());
  const ask = async (command) => (running.say(command), JSON.parse(await running.line()));
  return { ...about, home, ask };
}
