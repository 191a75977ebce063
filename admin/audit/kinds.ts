/** What the log can be narrowed to: how the actions begin that belong together. */
export const KINDS = {
  settings: ['settings.', 'wizard.'],
  chat: ['chat.'],
  key: ['key.', 'sweep.'],
  origin: ['origin.'],
  person: [
    'person.invited',
    'person.joined',
    'person.removed',
    'person.role_changed',
    'person.changed',
    'person.blocked',
    'person.unblocked',
  ],
  seller: ['seller.', 'sellers.'],
  session: ['session.', 'passkey.'],
  mail: ['mail.'],
  privacy: ['erase.', 'export.', 'person.erased', 'person.exported', 'person.held', 'person.released'],
  site: ['site.', 'owner.'],
} as const

export type Kind = keyof typeof KINDS
