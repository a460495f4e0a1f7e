import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_RIGHTS } from '../../../../test/fake-details';
import { message, poll, words } from '../../../../test/sample-items';
import { OWN, PEOPLE } from '../../../../test/sample-people';
import type { Body, ChatRights, Media, Message } from '../../../host/host';
import { allowedActs, canReact, type Place } from './allowed';

const NONE = Object.fromEntries(Object.keys(ALL_RIGHTS).map((right) => [right, false])) as unknown as ChatRights;
const NO_MEDIA: Media = { key: null, name: '', mime: null, size: null, width: null, height: null, seconds: null, blurhash: null, thumbnail: null };
const place = (more: Partial<Place> = {}): Place => ({ kind: 'group', rights: ALL_RIGHTS, canSend: true, pinned: [], live: true, files: true, ...more });
const said = (more: Partial<Message> = {}, sender = PEOPLE[0]!, body: Body = words('да')) => (message(sender, 0, body, { event: '$1', ...more }).kind as { message: Message }).message;

describe('what may be done with a message', () => {
  it('of another: everything but what is the author’s', () => {
    expect(allowedActs(said({ canDelete: true }), place())).toEqual(['reply', 'pin', 'copy', 'copyLink', 'forward', 'select', 'report', 'delete']);
  });

  it('of one’s own: to edit it, and to see who has read it', () => {
    expect(allowedActs(said({}, OWN), place())).toEqual(['reply', 'edit', 'pin', 'copy', 'copyLink', 'forward', 'select', 'readers', 'delete']);
  });

  it('without rights: nothing that changes the chat', () => {
    expect(allowedActs(said(), place({ rights: NONE, canSend: false }))).toEqual(['copy', 'copyLink', 'forward', 'select', 'report']);
    expect(canReact(said(), { rights: NONE })).toBe(false);
  });

  it('of one’s own where one may no longer write: neither to change it nor to end it', () => {
    const mute = place({ canSend: false });
    expect(allowedActs(said({ canEdit: true }, OWN), mute)).not.toContain('edit');
    expect(allowedActs(said({}, OWN, poll('?', ['1', '2'])), mute)).not.toContain('endPoll');
  });

  it('that brings a file: to open it and to save it elsewhere, where the system can', () => {
    const picture = said({}, PEOPLE[0], { kind: 'image', media: { ...NO_MEDIA, key: 'mxc://a/b', name: 'план.jpg' }, caption: null });
    expect(allowedActs(picture, place())).toEqual(expect.arrayContaining(['openFile', 'saveAs']));
    expect(allowedActs(picture, place({ files: false }))).not.toEqual(expect.arrayContaining(['saveAs']));
    expect(allowedActs(said(), place())).not.toEqual(expect.arrayContaining(['openFile']));
  });

  it('that is pinned: to unpin it', () => {
    expect(allowedActs(said(), place({ pinned: ['$1'] }))).toContain('unpin');
  });

  it('in a direct chat: no list of readers', () => {
    expect(allowedActs(said({}, OWN), place({ kind: 'direct' }))).not.toContain('readers');
  });

  it('that was not sent: to try again or drop it, while the stream is open', () => {
    const failed = said({ event: null, canEdit: false, canDelete: false, send: { kind: 'failed', reason: 'server' } }, OWN);
    expect(allowedActs(failed, place())).toEqual(['retry', 'copy', 'discard']);
    expect(allowedActs(failed, place({ live: false }))).toEqual(['copy']);
  });

  it('that is deleted: only where it stood', () => {
    expect(allowedActs(said({ canDelete: true }, PEOPLE[0], { kind: 'deleted' }), place())).toEqual(['copyLink']);
  });

  it('that is a poll: its author ends it, and nobody forwards it', () => {
    expect(allowedActs(said({}, OWN, poll('?', ['1', '2'])), place())).toEqual(expect.arrayContaining(['endPoll']));
    expect(allowedActs(said({ canEdit: false }, OWN, poll('?', ['1', '2'], { ended: true })), place())).not.toContain('endPoll');
    expect(allowedActs(said({}, PEOPLE[0], poll('?', ['1', '2'])), place())).not.toEqual(expect.arrayContaining(['forward']));
  });

  it('that asks for acknowledgement: the author and those with the right see who has', () => {
    const ack = { due: null, own: false, count: 0 };
    expect(allowedActs(said({ ack }), place())).toContain('ackReport');
    expect(allowedActs(said({ ack }), place({ rights: NONE }))).not.toContain('ackReport');
    expect(allowedActs(said({ ack }, OWN), place({ rights: NONE }))).toContain('ackReport');
  });

  it('never more with fewer rights, and never an act twice', () => {
    const rights = fc.record(Object.fromEntries(Object.keys(ALL_RIGHTS).map((right) => [right, fc.boolean()]))) as unknown as fc.Arbitrary<ChatRights>;
    fc.assert(
      fc.property(rights, fc.boolean(), fc.boolean(), (some, own, canDelete) => {
        const about = said({ canDelete, ack: { due: null, own: false, count: 1 } }, own ? OWN : PEOPLE[0]);
        const few = allowedActs(about, place({ rights: some }));
        expect(new Set(few).size).toBe(few.length);
        expect(allowedActs(about, place())).toEqual(expect.arrayContaining(few));
      }),
    );
  });
});
