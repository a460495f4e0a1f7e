import { afterEach, describe, expect, it, vi } from 'vitest';
import { queueByPromise } from './microtasks';

describe('microtasks by promises', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('run in their order, before any timer, and after what queued them', async () => {
    const ran: string[] = [];
    setTimeout(() => ran.push('timer'));
    queueByPromise(() => {
      ran.push('first');
      queueByPromise(() => ran.push('third'));
    });
    queueByPromise(() => ran.push('second'));
    ran.push('now');
    await new Promise((resolve) => setTimeout(resolve));
    expect(ran).toEqual(['now', 'first', 'second', 'third', 'timer']);
  });

  it('tell of what goes wrong in one, and go on with the next', async () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const next = vi.fn();
    const wrong = new Error('wrong');
    queueByPromise(() => {
      throw wrong;
    });
    queueByPromise(next);
    await new Promise((resolve) => setTimeout(resolve));
    expect(report).toHaveBeenCalledExactlyOnceWith(wrong);
    expect(next).toHaveBeenCalledOnce();
  });
});
