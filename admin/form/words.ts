import { catalogue } from '../locales/say.ts'

export const enForm = {
  choose: 'Choose one of the list.',
  empty: 'This must not be empty.',
  between: 'Use {least} to {most}.',
  tooLong: { one: '{n} character too many.', other: '{n} characters too many.' },
  notAddress: 'Use a full web address, such as https://shop.example/chats.',
  notLanguage: 'Use the tag of a language, such as en, de-AT or pt-BR.',
  notColor: 'Use a colour such as #0b655f.',
  notFit: 'This has characters that do not fit here.',
  unclosed: 'The {{ at line {line}, character {character} is not closed.',
  noToken: 'There is no token {token} (line {line}, character {character}).',
  resetTo: 'Reset to {value}',
  reset: 'Reset to the default',
  on: 'on',
  off: 'off',
  none: 'none',
  tokens: 'Insert',
  insert: 'Insert {token}',
  pick: 'Pick a colour',
}

export const say = catalogue('form', enForm)
