interface Texts {
  /** Who gave no name. */
  somebody: string
  /** Without the message's own words. */
  wrote: string
}

const LANGUAGES: Record<string, Texts> = {
  en: { somebody: 'Somebody', wrote: 'New message' },
  de: { somebody: 'Jemand', wrote: 'Neue Nachricht' },
  es: { somebody: 'Alguien', wrote: 'Mensaje nuevo' },
  fr: { somebody: 'Quelqu’un', wrote: 'Nouveau message' },
  ar: { somebody: 'شخص ما', wrote: 'رسالة جديدة' },
}
const ENGLISH = { somebody: 'Somebody', wrote: 'New message' }

export const pushWords = (locale: string): Texts => LANGUAGES[locale.slice(0, 2).toLowerCase()] ?? ENGLISH
