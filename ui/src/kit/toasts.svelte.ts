// Short notices that go away by themselves.

export interface Toast {
  id: number;
  text: string;
  look: 'calm' | 'error';
  action?: { label: string; run: () => void };
}

const SHOWN_FOR = 6_000;

class Toasts {
  list = $state<Toast[]>([]);
  #last = 0;

  show(text: string, look: Toast['look'] = 'calm', action?: Toast['action']): void {
    const id = ++this.#last;
    this.list = [...this.list.slice(-2), { id, text, look, action }];
    setTimeout(() => this.dismiss(id), SHOWN_FOR);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
