import { decode } from 'blurhash';

const SIDE = 32;

/** Paints the blur that stands for a picture until it has loaded. */
export function paintBlurhash(hash: string): (canvas: HTMLCanvasElement) => void {
  return (canvas) => {
    try {
      const pixels = new ImageData(new Uint8ClampedArray(decode(hash, SIDE, SIDE)), SIDE, SIDE);
      canvas.getContext('2d')?.putImageData(pixels, 0, 0);
    } catch {
      // A malformed hash leaves the plain background.
    }
  };
}
