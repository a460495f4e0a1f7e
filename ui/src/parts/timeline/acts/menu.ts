// The menu of a message.

import Ban from '@lucide/svelte/icons/ban';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import Copy from '@lucide/svelte/icons/copy';
import Eye from '@lucide/svelte/icons/eye';
import Flag from '@lucide/svelte/icons/flag';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Forward from '@lucide/svelte/icons/forward';
import Link from '@lucide/svelte/icons/link';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Pencil from '@lucide/svelte/icons/pencil';
import Pin from '@lucide/svelte/icons/pin';
import PinOff from '@lucide/svelte/icons/pin-off';
import Reply from '@lucide/svelte/icons/reply';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import Save from '@lucide/svelte/icons/save';
import Trash from '@lucide/svelte/icons/trash-2';
import type { MenuItem } from '../../../kit/Menu.svelte';
import { t } from '../../../lib/i18n.svelte';
import type { MessageRow } from '../rows';
import type { MessageActs } from './acts.svelte';
import { allowedActs, type Act } from './allowed';

const ICONS = {
  retry: RotateCw,
  reply: Reply,
  edit: Pencil,
  endPoll: Ban,
  pin: Pin,
  unpin: PinOff,
  copy: Copy,
  copyLink: Link,
  openFile: ExternalLink,
  saveAs: Save,
  forward: Forward,
  select: ListChecks,
  readers: Eye,
  ackReport: ClipboardCheck,
  report: Flag,
  discard: Trash,
  delete: Trash,
} satisfies Record<Act, unknown>;

function label(act: Act, { message }: MessageRow): string {
  switch (act) {
    case 'retry':
      return t('retry');
    case 'reply':
      return t('message_reply');
    case 'edit':
      return t('act_edit');
    case 'endPoll':
      return t('poll_end');
    case 'pin':
      return t('pin');
    case 'unpin':
      return t('unpin');
    case 'copy':
      return t('message_copy');
    case 'copyLink':
      return t('act_copy_link');
    case 'openFile':
      return t('media_open_file');
    case 'saveAs':
      return t('media_save_as');
    case 'forward':
      return t('act_forward');
    case 'select':
      return t('act_select');
    case 'readers':
      return message.send.kind === 'read' ? t('act_readers_count', { count: message.send.count }) : t('act_readers');
    case 'ackReport':
      return t('ack_report');
    case 'report':
      return t('act_report');
    case 'discard':
    case 'delete':
      return t('delete');
  }
}

export function menuItems(acts: MessageActs, row: MessageRow): MenuItem[] {
  return allowedActs(row.message, acts.place).map((act) => ({
    label: label(act, row),
    icon: ICONS[act],
    look: act === 'delete' || act === 'discard' || act === 'report' ? ('danger' as const) : undefined,
    run: () => acts.run(act, row),
  }));
}
