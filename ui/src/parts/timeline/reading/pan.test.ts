import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, held, MOST, zoomed, type View } from './pan';

const size = fc.record({ width: fc.integer({ min: 1, max: 6000 }), height: fc.integer({ min: 1, max: 6000 }) });
const view = fc.record({ scale: fc.double({ min: 0.01, max: 20, noNaN: true }), x: fc.integer({ min: -9000, max: 9000 }), y: fc.integer({ min: -9000, max: 9000 }) });

describe('a picture in the viewer', () => {
  it('is never smaller than fitted, larger than the most, or shoved off the window', () => {
    fc.assert(
      fc.property(view, size, size, (given, picture, window) => {
        const { scale, x, y } = held(given, picture, window);
        expect(scale).toBeGreaterThanOrEqual(fitted(picture, window));
        expect(scale).toBeLessThanOrEqual(MOST);
        expect(Math.abs(x)).toBeLessThanOrEqual(Math.max(0, (picture.width * scale - window.width) / 2) + 1e-6);
        expect(Math.abs(y)).toBeLessThanOrEqual(Math.max(0, (picture.height * scale - window.height) / 2) + 1e-6);
      }),
    );
  });

  it('keeps what is under the pointer under it', () => {
    const picture = { width: 4000, height: 3000 };
    const window = { width: 1000, height: 800 };
    const at = { x: 200, y: -100 };
    const under = (now: View) => [(at.x - now.x) / now.scale, (at.y - now.y) / now.scale];
    const before = { scale: 1, x: 50, y: 20 };
    const after = zoomed(before, 2, at, picture, window);
    expect(after.scale).toBe(2);
    under(after).forEach((place, i) => expect(place).toBeCloseTo(under(before)[i]!));
  });

  it('fits a large picture and leaves a small one as it is', () => {
    expect(fitted({ width: 2000, height: 500 }, { width: 1000, height: 800 })).toBe(0.5);
    expect(fitted({ width: 200, height: 100 }, { width: 1000, height: 800 })).toBe(1);
  });
});
