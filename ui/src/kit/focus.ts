// Puts the focus where a screen begins, once it is there.

export function takeFocus(selector: string): (node: HTMLElement) => void {
  return (node) => node.querySelector<HTMLElement>(selector)?.focus();
}
