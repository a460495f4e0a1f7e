// Keeps the end of a small scrolled box in sight as things are added to it.

/** Scrolls to what was added last whenever the count grows; what goes leaves the place as it is. */
export function showLast(count: () => number): (box: HTMLElement) => void {
  let before = 0;
  return (box) => {
    const now = count();
    if (now > before) box.scrollTop = box.scrollHeight;
    before = now;
  };
}
