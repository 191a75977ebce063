const LINES = {
  en: 'Write your answer above this line',
  de: 'Bitte antworten Sie über dieser Zeile',
  es: 'Escriba su respuesta encima de esta línea',
  fr: 'Écrivez votre réponse au-dessus de cette ligne',
  ar: 'اكتب ردك فوق هذا السطر',
}

/** The first line of a mail that can be answered: whatever a mail client does below it is cut off. */
export const replyMark = (locale: string): string => {
  const lang = locale.slice(0, 2).toLowerCase()
  return `##- ${Object.hasOwn(LINES, lang) ? LINES[lang as keyof typeof LINES] : LINES.en} -##`
}

/** Our own line, in any language, however deep it is quoted. */
export const REPLY_MARK = /##- [^\n]{1,80} -##/
