import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeHost } from '../../../test/fake-host';
import { complaintAt } from './complaint';
import { Unlock } from './locked.svelte';
import { SignIn } from './signIn.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const done = async (work: Promise<unknown>) => {
  await vi.advanceTimersByTimeAsync(10);
  await work;
};

async function atServer(host: FakeHost): Promise<SignIn> {
  const signIn = new SignIn(host);
  signIn.server = ' school1.example ';
  await done(signIn.findServer());
  return signIn;
}

describe('signing in', () => {
  it('finds the server and then signs in with what was typed', async () => {
    const host = new FakeHost();
    const signIn = await atServer(host);
    signIn.user = 'olga';
    signIn.password = 'parta';
    await done(signIn.signIn());
    expect(host.calls('find_server')).toEqual([{ server: 'school1.example' }]);
    expect(host.calls('sign_in')).toEqual([{ server: 'https://school1.example', user: 'olga', password: 'parta' }]);
    expect([signIn.complaint, signIn.password]).toEqual([null, '']);
  });

  it('says at the field what is wrong, and keeps what was typed', async () => {
    const signIn = await atServer(new FakeHost());
    signIn.user = 'olga';
    signIn.password = 'мимо';
    await done(signIn.signIn());
    expect(complaintAt(signIn.complaint, 'password')).toContain('не подходят');
    expect(complaintAt(signIn.complaint, 'user')).toBeNull();
    expect([signIn.user, signIn.password]).toEqual(['olga', 'мимо']);
  });

  it('asks for what was left empty without asking the server', async () => {
    const host = new FakeHost();
    const signIn = await atServer(host);
    await done(signIn.signIn());
    expect(complaintAt(signIn.complaint, 'user')).toBe('Введите имя пользователя.');
    expect(host.calls('sign_in')).toEqual([]);
  });

  it('counts down after too many tries and then lets one try again', async () => {
    const host = new FakeHost();
    const signIn = await atServer(host);
    signIn.user = 'olga';
    signIn.password = 'many';
    await done(signIn.signIn());
    expect(signIn.wait.left).toBe(75);
    await done(signIn.signIn());
    expect(host.calls('sign_in')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(75_000);
    expect(signIn.wait.left).toBe(0);
  });

  it('says that a server with no known way in is one', async () => {
    const signIn = await atServer(new FakeHost({ server: { password: false, sso: false } }));
    expect(signIn.complaint).toEqual({ field: 'server', code: 'noWayToSignIn' });
    expect(signIn.found).toBeNull();
  });

  it('opens the browser, again when asked, and stops waiting when cancelled', async () => {
    const host = new FakeHost();
    const signIn = await atServer(host);
    await done(signIn.startSso('esia'));
    signIn.openBrowser();
    expect(host.opened).toHaveLength(2);
    await done(signIn.cancelSso());
    expect(signIn.ssoUrl).toBeNull();
    expect(host.calls('cancel_sso')).toHaveLength(1);
  });
});

describe('the password of the data', () => {
  it('is long enough and typed twice alike before the core sees it', async () => {
    const host = new FakeHost();
    const unlock = new Unlock(host);
    unlock.password = 'коротк';
    await done(unlock.choose());
    expect(unlock.code).toBe('weakDataPassword');
    unlock.password = 'достаточно длинный';
    await done(unlock.choose());
    expect([unlock.code, unlock.differs]).toEqual([null, true]);
    unlock.repeat = 'достаточно длинный';
    await done(unlock.choose());
    expect(host.calls('choose_data_password')).toEqual([{ password: 'достаточно длинный' }]);
  });
});
