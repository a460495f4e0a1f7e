import type { Preview } from '../../host/host';
import { duration } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';

/** One line that says what a message is. */
export function previewText(preview: Preview): string {
  switch (preview.kind) {
    case 'text':
      return preview.text;
    case 'image':
      return preview.caption || t('preview_image');
    case 'video':
      return preview.caption || t('preview_video');
    case 'file':
      return t('preview_file', { name: preview.name });
    case 'voice':
      return preview.seconds === null ? t('preview_voice') : t('preview_voice_length', { time: duration(preview.seconds) });
    case 'audio':
      return t('preview_audio', { name: preview.name });
    case 'sticker':
      return preview.text || t('preview_sticker');
    case 'poll':
      return t('preview_poll', { question: preview.question });
    case 'location':
      return t('preview_location');
    case 'deleted':
      return t('preview_deleted');
    case 'undecryptable':
      return t('preview_undecryptable');
    case 'other':
      return t('preview_other');
  }
}
