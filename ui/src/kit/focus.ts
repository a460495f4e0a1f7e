// Puts the focus where a screen begins, and back where it was.

export function takeFocus(selector: string): (node: HTMLElement) => void {
  return (node) => node.querySelector<HTMLElement>(selector)?.focus();
}

/**
 * Shows a dialog over everything while it exists; the focus goes back to where it came from. What it came from may be what
 * the dialog took away: then it goes to what stood around that, so that the keys go on working there.
 */
export function modal(dialog: HTMLDialogElement): () => void {
  const before = holders(document.activeElement);
  dialog.showModal();
  return () => {
    dialog.close();
    before.find((element) => element.isConnected)?.focus({ preventScroll: true });
  };
}

/** An element and all around it that can have the focus. */
function holders(element: Element | null): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let around = element; around instanceof HTMLElement && around !== document.body; around = around.parentElement) {
    if (around === element || around.hasAttribute('tabindex')) found.push(around);
  }
  return found;
}
