// The people of a chat, as its panel lists them.

import { asFailure, type ApiFailure, type Host, type Member } from '../../host/host';
import { verifiedName } from '../../lib/badge';
import { score } from '../../lib/match';

export class Members {
  /** Null until they are known. */
  all = $state.raw<Member[] | null>(null);
  failed = $state.raw<ApiFailure | null>(null);
  query = $state('');
  readonly visible = $derived(this.#find());
  readonly #host: Host;
  readonly #chat: string;
  #turn = 0;

  constructor(host: Host, chat: string) {
    this.#host = host;
    this.#chat = chat;
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const all = await this.#host.call('members', { chat: this.#chat });
      if (turn !== this.#turn) return;
      this.all = all;
      this.failed = null;
    } catch (thrown) {
      if (turn === this.#turn) this.failed = asFailure(thrown);
    }
  }

  /** Throws an `ApiFailure`, and leaves the list as it was. */
  async remove(member: Member, reason: string): Promise<void> {
    const person = member.person.id;
    await this.#host.call('remove_person', { chat: this.#chat, person, reason: reason.trim() || null });
    this.all = this.all?.filter((other) => other.person.id !== person) ?? null;
  }

  /** By the name, the class or the role; best first. */
  #find(): Member[] {
    const all = this.all ?? [];
    if (this.query.trim() === '') return all;
    return all
      .map((member) => ({ member, fit: fit(member, this.query) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)
      .map(({ member }) => member);
  }
}

function fit({ person, badge }: Member, query: string): number {
  const name = verifiedName(person, badge);
  const more = badge ? ` ${[badge.position ?? '', ...badge.subjects, ...badge.classes, ...badge.homeroom].join(' ')}` : '';
  return Math.max(score(name, query), Math.min(1, score(name + more, query)));
}
