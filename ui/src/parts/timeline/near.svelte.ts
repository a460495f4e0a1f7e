/** Which messages the pointer and the focus are at: those offer what can be done to them. */
export class Near {
  pointed = $state.raw<string | null>(null);
  focused = $state.raw<string | null>(null);

  has(key: string): boolean {
    return key === this.pointed || key === this.focused;
  }
}
