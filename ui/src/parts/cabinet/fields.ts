// Fields of the plan and their values, as people call them.

import type { ClassPart, FieldView, OrganisationKind } from '../../host/host';
import { t, type MessageKey } from '../../lib/i18n.svelte';
import { boardName } from './boards';
import { homeroomWord, kindWord, partName, roleName, roleTitle, schoolYear, unitOf } from './words';

const NAMES: Record<string, MessageKey> = {
  full_name: 'cabinet_journal_field_full_name',
  short_name: 'cabinet_journal_field_short_name',
  inn: 'cabinet_journal_field_inn',
  kpp: 'cabinet_journal_field_kpp',
  region: 'cabinet_journal_field_region',
  municipality: 'cabinet_journal_field_municipality',
  locality: 'cabinet_journal_field_locality',
  phone: 'cabinet_journal_field_phone',
  email: 'cabinet_journal_field_email',
  kind: 'cabinet_journal_field_kind',
  school_year: 'cabinet_journal_field_school_year',
  letter: 'cabinet_journal_field_letter',
  title: 'cabinet_journal_field_title',
  status: 'cabinet_journal_field_status',
  chats: 'cabinet_journal_field_chats',
  role: 'cabinet_journal_field_role',
  name: 'cabinet_journal_field_name',
  position: 'cabinet_journal_field_position',
  boards: 'cabinet_journal_field_boards',
  subjects: 'cabinet_journal_field_subjects',
  children: 'cabinet_journal_field_children',
  verified: 'cabinet_journal_field_verified',
  level: 'cabinet_journal_field_level',
};
const ROLES = ['teacher', 'staff', 'student', 'parent'] as const;
const PARTS = ['homeroom', 'teacher', 'student', 'parent'] as const;
const KINDS = ['school', 'college', 'kindergarten'] as const;
const STATES = ['active', 'removed', 'graduated', 'deleted'] as const;
const CHATS = ['heads', 'news', 'all_staff', 'committee', 'council'] as const;
const BOARDS = ['heads', 'committee', 'council'] as const;
/** The chats of those who have one role. */
const CHATS_OF = { students: 'student', parents: 'parent', teachers: 'teacher', staff: 'staff' } as const;
/** From which power level on one runs an organisation, and owns it. */
const ADMINISTRATOR = 90;
const OWNER = 100;

const known = <T extends string>(words: readonly T[], word: string): T | null => words.find((one) => one === word) ?? null;

/** «должность»; a field of a later version stays as the plan calls it. */
export function fieldName(field: string | null, kind: OrganisationKind): string {
  if (field === null) return t('cabinet_journal_field_whole');
  if (field === 'homeroom') return lower(homeroomWord(kind));
  if (field === 'as') return t(`cabinet_journal_field_as_${unitOf(kind)}`);
  if (field === 'stage') return t(`cabinet_journal_field_stage_${kind}`);
  const key = NAMES[field];
  return key ? t(key as 'cabinet_journal_field_role') : field;
}

/** A value in words; nothing is said to be empty. */
export function valueWords(field: string | null, value: string | null, kind: OrganisationKind): string {
  if (value === null || value === '') return t('cabinet_journal_nothing');
  switch (field) {
    case 'role': {
      const role = known(ROLES, value);
      return role ? roleName(role, kind) : value;
    }
    case 'as': {
      const part: ClassPart | null = known(PARTS, value);
      return part ? partName(part, kind) : value;
    }
    case 'status': {
      const state = known(STATES, value);
      return state ? t(`cabinet_journal_status_${state}`) : value;
    }
    case 'kind': {
      const found = known(KINDS, value);
      return found ? kindWord(found) : value;
    }
    case 'school_year':
      return /^\d{4}$/.test(value) ? schoolYear(Number(value)) : value;
    case 'chats':
      return value
        .split(', ')
        .map((word) => {
          if (word in CHATS_OF) return lower(roleTitle(CHATS_OF[word as keyof typeof CHATS_OF], kind));
          const wish = known(CHATS, word);
          return wish ? t(`cabinet_journal_chat_${wish}`) : word;
        })
        .join(', ');
    case 'boards':
      return value
        .split(', ')
        .map((word) => {
          const board = known(BOARDS, word);
          return board ? lower(boardName(board, kind)) : word;
        })
        .join(', ');
    case 'level': {
      const level = Number(value);
      if (Number.isNaN(level)) return value;
      return t(level >= OWNER ? 'cabinet_journal_level_owner' : level >= ADMINISTRATOR ? 'cabinet_journal_level_administrator' : 'cabinet_journal_level_none');
    }
    default:
      return value;
  }
}

/** «Иванова Анна · 5А»: what a change is about; the organisation itself has no name here. */
export function subjectOf({ person, class: label }: Pick<FieldView, 'person' | 'class'>): string {
  return [person, label].filter(Boolean).join(' · ') || t('cabinet_journal_organisation');
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
