import { describe, expect, it } from 'vitest';
import { connectionLine } from './line';

const NOW = new Date(2026, 10, 20, 15, 0).getTime();
const SINCE = new Date(2026, 10, 20, 14, 32).getTime();

describe('the connection line', () => {
  it('says nothing while all is well', () => {
    expect(connectionLine({ link: 'online', since: null, waiting: 0, failed: 0, bookWaits: false }, NOW)).toBeNull();
    expect(connectionLine({ link: 'online', since: null, waiting: 2, failed: 0, bookWaits: false }, NOW)).toBeNull();
  });

  it('says since when there is no connection and what waits', () => {
    expect(connectionLine({ link: 'offline', since: SINCE, waiting: 2, failed: 0, bookWaits: false }, NOW)).toEqual({ text: 'Нет связи с 14:32 · 2 сообщения ждут отправки', look: 'offline' });
  });

  it('says what did not go', () => {
    expect(connectionLine({ link: 'online', since: null, waiting: 0, failed: 1, bookWaits: false }, NOW)).toEqual({ text: '1 сообщение не отправлено', look: 'failed' });
  });

  it('says that it is connecting', () => {
    expect(connectionLine({ link: 'connecting', since: null, waiting: 0, failed: 0, bookWaits: false }, NOW)?.text).toBe('Подключение…');
  });
});
