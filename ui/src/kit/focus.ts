// Puts the focus where a screen begins, and back where it was.

export function takeFocus(selector: string): (node: HTMLElement) => void {
  return (node) => node.querySelector<HTMLElement>(selector)?.focus();
}

/** Shows a dialog over everything while it exists; the focus goes back to where it came from. */
export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement as HTMLElement | null;
  dialog.showModal();
  return () => {
    dialog.close();
    if (before?.isConnected) before.focus();
  };
}
