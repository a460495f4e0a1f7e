import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modal } from './focus';

beforeEach(() => void Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined, close: () => undefined }));
afterEach(() => document.body.replaceChildren());

describe('the focus after a dialog', () => {
  const page = () => {
    document.body.innerHTML = '<section tabindex="-1"><ul><li><button>Удалить</button></li></ul></section><dialog><input /></dialog>';
    const button = document.querySelector('button')!;
    button.focus();
    const done = modal(document.querySelector('dialog')!);
    document.querySelector('input')!.focus();
    return { button, done };
  };

  it('goes back to where it was', () => {
    const { button, done } = page();
    done();
    expect(document.activeElement).toBe(button);
  });

  it('goes to what stood around that, where the dialog took it away', () => {
    const { button, done } = page();
    button.closest('li')!.remove();
    done();
    expect(document.activeElement).toBe(document.querySelector('section'));
  });
});
