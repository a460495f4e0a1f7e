// What jsdom lacks of a browser and a mounted screen asks for.

import { vi } from 'vitest';

export function stubBrowser(): void {
  const Never = class { observe = () => undefined; unobserve = () => undefined; disconnect = () => undefined; };
  vi.stubGlobal('IntersectionObserver', Never);
  vi.stubGlobal('ResizeObserver', Never);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }));
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; };
  HTMLElement.prototype.showPopover = () => undefined;
  Element.prototype.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.animate ??= (() => ({ cancel: () => undefined, finished: Promise.resolve() })) as never;
}
