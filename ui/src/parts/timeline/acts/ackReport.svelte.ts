// Who has acknowledged a message and who has not, by class and role, and the ways to move it on.

import { asFailure, type AckPerson, type AckReport, type Badge, type BadgeRole, type Code, type Host, type RemindBy, type Reminded, type SavedFile } from '../../../host/host';
import { badgeWords, roleWord, verifiedName } from '../../../lib/badge';
import { t } from '../../../lib/i18n.svelte';
import { score } from '../../../lib/match';

export type AckFilter = 'all' | 'not' | 'done';

export interface AckGroup {
  title: string;
  people: AckPerson[];
  /** Of everybody in the group, whatever is filtered. */
  done: number;
  all: number;
}

const DAY = 86_400_000;
const ROLES: BadgeRole[] = ['teacher', 'staff', 'student', 'parent', 'other'];
const GROUPS = {
  teacher: { school: 'ack_group_teacher_school', college: 'ack_group_teacher_college', kindergarten: 'ack_group_teacher_kindergarten' },
  student: { school: 'ack_group_student_school', college: 'ack_group_student_college', kindergarten: 'ack_group_student_kindergarten' },
} as const;
const PLAIN = { staff: 'ack_group_staff', parent: 'ack_group_parent', other: 'ack_group_other' } as const;

/** Whom it makes no sense to remind again today. */
export function remindedToday({ reminded }: AckPerson, now: number): boolean {
  return reminded !== null && now - reminded < DAY;
}

/** «Родители · 5А»: pupils and parents by class, those who work there together. */
export function groupTitle(badge: Badge | null): string {
  if (badge === null) return t('ack_group_none');
  const { role, organisation, classes } = badge;
  const word = role === 'teacher' || role === 'student' ? t(GROUPS[role][organisation]) : t(PLAIN[role]);
  return (role === 'student' || role === 'parent') && classes.length > 0 ? `${word} · ${classes.join(', ')}` : word;
}

/** By role, then by class as people count them: 5А before 10Б. */
export function groupPeople(people: readonly AckPerson[], wanted: (person: AckPerson) => boolean): AckGroup[] {
  const groups = new Map<string, AckGroup & { rank: number }>();
  for (const person of people) {
    const title = groupTitle(person.badge);
    const group = groups.get(title) ?? { title, people: [], done: 0, all: 0, rank: person.badge ? ROLES.indexOf(person.badge.role) : ROLES.length };
    groups.set(title, group);
    group.all++;
    if (person.at !== null) group.done++;
    if (wanted(person)) group.people.push(person);
  }
  const byName = new Intl.Collator('ru', { numeric: true });
  return [...groups.values()]
    .filter((group) => group.people.length > 0)
    .sort((a, b) => a.rank - b.rank || byName.compare(a.title, b.title))
    .map(({ title, people, done, all }) => ({ title, done, all, people: people.sort((a, b) => byName.compare(verifiedName(a.person, a.badge), verifiedName(b.person, b.badge))) }));
}

export class AckReporting {
  report: AckReport | null = $state.raw(null);
  failed = $state<Code | null>(null);
  filter = $state<AckFilter>('not');
  query = $state('');
  busy = $state(false);
  picked: ReadonlySet<string> = $state.raw(new Set());
  readonly people: readonly AckPerson[] = $derived(this.report?.people ?? []);
  readonly missing: readonly AckPerson[] = $derived(this.people.filter((person) => person.at === null));
  readonly done: number = $derived(this.people.length - this.missing.length);
  readonly groups: AckGroup[] = $derived(groupPeople(this.people, (person) => this.#wanted(person)));
  /** Those a reminder goes to: the picked ones, or everybody who has not acknowledged. */
  readonly reminding: readonly AckPerson[] = $derived(this.picked.size > 0 ? this.missing.filter(({ person }) => this.picked.has(person.id)) : this.missing);
  /** Those of them to whom something will come: nobody is reminded twice a day. */
  readonly due: readonly AckPerson[] = $derived.by(() => this.reminding.filter((person) => !remindedToday(person, this.#now())));
  readonly #host: Host;
  readonly #chat: string;
  readonly #event: string;
  readonly #now: () => number;

  constructor(host: Host, chat: string, event: string, now: () => number) {
    this.#host = host;
    this.#chat = chat;
    this.#event = event;
    this.#now = now;
  }

  async load(): Promise<void> {
    try {
      this.report = await this.#host.call('ack_report', { chat: this.#chat, event: this.#event });
      this.failed = null;
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
    }
  }

  #wanted(asked: AckPerson): boolean {
    if (this.filter !== 'all' && (asked.at !== null) !== (this.filter === 'done')) return false;
    const { person, badge } = asked;
    return score(verifiedName(person, badge), this.query) > 0 || (badge !== null && score(badgeWords(badge), this.query) > 0);
  }

  toggle(person: string): void {
    const next = new Set(this.picked);
    if (!next.delete(person)) next.add(person);
    this.picked = next;
  }

  async remind(by: RemindBy, text: string): Promise<Reminded | null> {
    this.busy = true;
    this.failed = null;
    try {
      const result = await this.#host.call('ack_remind', { chat: this.#chat, event: this.#event, people: this.reminding.map(({ person }) => person.id), by, text });
      this.picked = new Set();
      await this.load();
      return result;
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
      return null;
    } finally {
      this.busy = false;
    }
  }

  async save(): Promise<SavedFile | null> {
    this.busy = true;
    this.failed = null;
    const organisation = this.people.find(({ badge }) => badge)?.badge?.organisation ?? 'school';
    const word = (role: BadgeRole) => roleWord({ role, organisation, name: '', position: null, subjects: [], classes: [], homeroom: [] });
    try {
      const columns = [t('ack_column_name'), t('ack_column_role'), t('ack_column_classes'), t('ack_column_at'), t('ack_column_reminded')];
      return await this.#host.call('ack_save', { chat: this.#chat, event: this.#event, columns, roles: ROLES.map(word) });
    } catch (thrown) {
      this.failed = asFailure(thrown).code;
      return null;
    } finally {
      this.busy = false;
    }
  }
}

/** «Напоминание отправлено 6 людям. Двоим сегодня уже напоминали.» */
export function remindedWords({ sent, skipped, failed }: Reminded): string {
  const said = [];
  if (sent > 0) said.push(t('ack_reminded_sent', { count: sent }));
  if (skipped > 0) said.push(t(sent > 0 ? 'ack_reminded_skipped' : 'ack_reminded_before', { count: skipped }));
  if (failed > 0) said.push(t('ack_reminded_failed', { count: failed }));
  return said.length > 0 ? said.join(' ') : t('ack_reminded_none');
}
