// What somebody does on a server without the app: in his own session, or by the server's application service in his name.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export class Person {
  #said = 0;

  constructor(url, token, id, masked = false) {
    this.url = url;
    this.token = token;
    this.id = id;
    this.masked = masked;
  }

  static async signIn({ url, password }, login) {
    const nobody = new this(url, null, null);
    const answer = await nobody.ask('POST', 'login', { type: 'm.login.password', identifier: { type: 'm.id.user', user: login }, password });
    return new this(url, answer.access_token, answer.user_id);
  }

  /** Without a session of his own, without limits, and at any time of the past. */
  static spokenFor({ url, home }, login) {
    const [dir] = readdirSync(home);
    const { service_token: token } = JSON.parse(readFileSync(join(home, dir, 'synapse', 'secrets.json'), 'utf8'));
    return new this(url, token, `@${login}:localhost`, true);
  }

  /** Somebody new, who has no app. */
  static async register(server, login, name) {
    const person = this.spokenFor(server, login);
    await new this(person.url, person.token, null).ask('POST', 'register', { type: 'm.login.application_service', username: login, inhibit_login: true });
    await person.ask('PUT', `profile/${encodeURIComponent(person.id)}/displayname`, { displayname: name });
    return person;
  }

  async ask(method, path, body, query = {}) {
    const address = new URL(`${this.url}/_matrix/client/v3/${path}`);
    for (const [key, value] of Object.entries({ ...(this.masked && { user_id: this.id }), ...query })) address.searchParams.set(key, value);
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    const said = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said.error}`);
    return said;
  }

  room(room, path) {
    return `rooms/${encodeURIComponent(room)}/${path}`;
  }

  /** Sends an event, and gives its id. */
  async send(room, type, content, query) {
    const { event_id: event } = await this.ask('PUT', this.room(room, `send/${type}/${this.id}-${++this.#said}`), content, query);
    return event;
  }

  /** Says something, now or `at` a time that is long gone; gives the event. */
  say(room, text, { at, replyTo } = {}) {
    const reply = replyTo && { 'm.relates_to': { 'm.in_reply_to': { event_id: replyTo } } };
    return this.send(room, 'm.room.message', { msgtype: 'm.text', body: text, ...reply }, at && { ts: at });
  }

  /** Says «word № 1.» and so on, one a second; the stop tells the first from the tenth. */
  async sayMany(room, word, count, at) {
    for (let n = 1; n <= count; n++) await this.say(room, `${word} № ${n}.`, { at: at && at + n * 1000 });
  }

  /** What was said last, the newest first. */
  async lastSaid(room) {
    const { chunk } = await this.ask('GET', this.room(room, 'messages'), undefined, { dir: 'b', limit: 100, filter: JSON.stringify({ types: ['m.room.message'] }) });
    return chunk;
  }

  /** Lets somebody into a chat. */
  async invite(room, other) {
    await this.ask('POST', this.room(room, 'invite'), { user_id: other.id });
    await other.ask('POST', `join/${encodeURIComponent(room)}`, {});
  }

  /** A chat with others, who are in it at once. */
  async makeChat(name, ...others) {
    const { room_id: room } = await this.ask('POST', 'createRoom', { preset: 'private_chat', name, invite: others.map((other) => other.id) });
    for (const other of others) await other.ask('POST', `join/${encodeURIComponent(room)}`, {});
    return room;
  }
}
