// How a picture lies in a window: fitted, enlarged about a point, shoved about. Pure.

export interface Size {
  width: number;
  height: number;
}

/** `scale` 1 is the picture at its own size; `x` and `y` move its middle away from that of the window. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** The largest magnification. */
export const MOST = 8;

/** The scale at which the whole picture is seen; a small one is not enlarged. */
export function fitted(picture: Size, window: Size): number {
  if (picture.width === 0 || picture.height === 0) return 1;
  return Math.min(1, window.width / picture.width, window.height / picture.height);
}

/** No nearer than `MOST`, no farther than fitted, and never with an empty side while the picture is larger than the window. */
export function held(view: View, picture: Size, window: Size): View {
  const scale = Math.min(Math.max(view.scale, fitted(picture, window)), MOST);
  const room = (size: number, space: number) => Math.max(0, (size * scale - space) / 2);
  const within = (at: number, most: number) => Math.min(most, Math.max(-most, at)) + 0;
  return { scale, x: within(view.x, room(picture.width, window.width)), y: within(view.y, room(picture.height, window.height)) };
}

/** Enlarges so that what is under a point, counted from the middle of the window, stays under it. */
export function zoomed(view: View, scale: number, at: { x: number; y: number }, picture: Size, window: Size): View {
  const next = Math.min(Math.max(scale, fitted(picture, window)), MOST);
  const by = next / view.scale;
  return held({ scale: next, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, picture, window);
}
