// Takes a contact out of the address book, and offers to bring it back.

import { asFailure, type Host, type OwnContact } from '../../../host/host';
import { toasts } from '../../../kit/toasts.svelte';
import { t } from '../../../lib/i18n.svelte';
import { contactName } from './form';

/** Whether it is gone. */
export async function removeContact(host: Host, contact: OwnContact): Promise<boolean> {
  try {
    await host.call('remove_contacts', { ids: [contact.id] });
  } catch (thrown) {
    toasts.show(t('contact_not_removed', { reason: t(`error_${asFailure(thrown).code}`) }), 'error');
    return false;
  }
  toasts.show(t('contact_removed', { name: contactName(contact) }), 'calm', { label: t('undo'), run: () => void bringBack(host, contact) });
  return true;
}

async function bringBack(host: Host, contact: OwnContact): Promise<void> {
  try {
    await host.call('save_contacts', { contacts: [contact] });
  } catch (thrown) {
    const again = { label: t('retry'), run: () => void bringBack(host, contact) };
    toasts.show(t('contact_not_brought_back', { reason: t(`error_${asFailure(thrown).code}`) }), 'error', again);
  }
}
