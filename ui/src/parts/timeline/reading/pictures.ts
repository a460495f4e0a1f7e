// The pictures that the viewer goes through. Pure.

import type { Media, Message } from '../../../host/host';
import type { MessageRow } from '../rows';

export interface Picture {
  media: Media;
  /** Absent where the picture stands for itself, as that of a chat does. */
  message: Message | null;
}

/** Every picture of the messages that are loaded; one that is none of theirs stands alone. */
export function picturesIn(rows: readonly MessageRow[], wanted: Media): Picture[] {
  const pictures = rows.flatMap(({ message }): Picture[] => (message.body.kind === 'image' && message.body.media.key ? [{ media: message.body.media, message }] : []));
  return pictures.some((picture) => picture.media.key === wanted.key) ? pictures : [{ media: wanted, message: null }];
}
