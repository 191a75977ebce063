import type { ErrorCode } from '../../protocol/errors.ts'

/** Why an answer by mail was not taken. */
export type Refusal =
  | 'unproven'
  | 'other_sender'
  | 'empty'
  | 'too_long'
  | 'too_large'
  | 'files'
  | 'limited'
  | 'closed'
  | 'read_only'
  | 'blocked'
  | 'not_yours'
  | 'unnamed'

type Texts = Record<Refusal, string>

const en: Texts = {
  unproven: 'Your mail provider did not prove that it came from you (DMARC), so that nobody can write in your name.',
  other_sender: 'It came from another address than this one, and only this one can answer.',
  empty: 'No words of yours were found in it. Write above the line at the top of the mail.',
  too_long: 'It is longer than 4,000 characters. Send it in several parts.',
  too_large: 'It is too large.',
  files: 'A file in it cannot be sent here: it is too large, of a kind that is not taken, or one too many.',
  limited: 'You sent many messages in a short time. Try again later.',
  closed: 'The chat is closed. Reopen it to write.',
  read_only: 'The chat is kept for reading only.',
  blocked: 'You cannot write in this chat.',
  not_yours: 'The chat is no longer open to you.',
  unnamed: 'The shop asks for your name first. Say it once in the chat; then answers by mail are taken too.',
}
const de: Texts = {
  unproven:
    'Ihr Mailanbieter hat nicht belegt, dass sie von Ihnen kam (DMARC). Das schützt davor, dass jemand in Ihrem Namen schreibt.',
  other_sender: 'Sie kam von einer anderen Adresse als dieser, und nur diese kann antworten.',
  empty: 'Darin waren keine eigenen Worte zu finden. Schreiben Sie über der Zeile am Anfang der Mail.',
  too_long: 'Sie ist länger als 4.000 Zeichen. Senden Sie sie in mehreren Teilen.',
  too_large: 'Sie ist zu groß.',
  files: 'Eine Datei darin kann hier nicht gesendet werden: Sie ist zu groß, von einer anderen Art oder eine zu viel.',
  limited: 'Sie haben in kurzer Zeit viele Nachrichten gesendet. Versuchen Sie es später erneut.',
  closed: 'Der Chat ist geschlossen. Öffnen Sie ihn wieder, um zu schreiben.',
  read_only: 'Der Chat kann nur noch gelesen werden.',
  blocked: 'Sie können in diesem Chat nicht schreiben.',
  not_yours: 'Der Chat steht Ihnen nicht mehr offen.',
  unnamed:
    'Der Shop fragt zuerst nach Ihrem Namen. Nennen Sie ihn einmal im Chat, dann werden auch Antworten per E-Mail angenommen.',
}
const es: Texts = {
  unproven: 'Su proveedor de correo no demostró que procedía de usted (DMARC). Así nadie puede escribir en su nombre.',
  other_sender: 'Llegó desde otra dirección distinta de esta, y solo esta puede responder.',
  empty: 'No se encontraron palabras suyas. Escriba encima de la línea del principio del correo.',
  too_long: 'Tiene más de 4000 caracteres. Envíela en varias partes.',
  too_large: 'Es demasiado grande.',
  files: 'Un archivo no se puede enviar aquí: es demasiado grande, de un tipo no admitido o uno de más.',
  limited: 'Ha enviado muchos mensajes en poco tiempo. Inténtelo más tarde.',
  closed: 'El chat está cerrado. Ábralo de nuevo para escribir.',
  read_only: 'El chat solo se puede leer.',
  blocked: 'No puede escribir en este chat.',
  not_yours: 'Ya no tiene acceso al chat.',
  unnamed:
    'La tienda pide primero su nombre. Dígalo una vez en el chat; después se admiten también respuestas por correo.',
}
const fr: Texts = {
  unproven:
    'Votre fournisseur de messagerie n’a pas prouvé qu’elle venait de vous (DMARC). Ainsi personne ne peut écrire en votre nom.',
  other_sender: 'Elle est venue d’une autre adresse que celle-ci, et seule celle-ci peut répondre.',
  empty: 'Aucun mot de vous n’y a été trouvé. Écrivez au-dessus de la ligne en tête du message.',
  too_long: 'Elle dépasse 4 000 caractères. Envoyez-la en plusieurs parties.',
  too_large: 'Elle est trop volumineuse.',
  files: 'Un fichier ne peut pas être envoyé ici : trop volumineux, d’un type refusé ou de trop.',
  limited: 'Vous avez envoyé beaucoup de messages en peu de temps. Réessayez plus tard.',
  closed: 'La discussion est fermée. Rouvrez-la pour écrire.',
  read_only: 'La discussion n’est plus qu’en lecture.',
  blocked: 'Vous ne pouvez pas écrire dans cette discussion.',
  not_yours: 'La discussion ne vous est plus ouverte.',
  unnamed:
    'La boutique demande d’abord votre nom. Indiquez-le une fois dans la discussion ; ensuite, vos réponses par e-mail seront acceptées.',
}
const ar: Texts = {
  unproven: 'لم يثبت مزود بريدك أن الرسالة منك (DMARC). بذلك لا يستطيع أحد أن يكتب باسمك.',
  other_sender: 'وصلت من عنوان آخر غير هذا العنوان، ولا يستطيع الرد إلا هذا العنوان.',
  empty: 'لم نجد فيها كلمات منك. اكتب فوق السطر الموجود في أعلى الرسالة.',
  too_long: 'هي أطول من 4000 حرف. أرسلها على عدة أجزاء.',
  too_large: 'حجمها كبير جدًا.',
  files: 'فيها ملف لا يمكن إرساله هنا: حجمه كبير جدًا أو نوعه غير مقبول أو عدد الملفات زائد.',
  limited: 'أرسلت رسائل كثيرة في وقت قصير. حاول لاحقًا.',
  closed: 'المحادثة مغلقة. افتحها من جديد لتكتب.',
  read_only: 'المحادثة متاحة للقراءة فقط.',
  blocked: 'لا يمكنك الكتابة في هذه المحادثة.',
  not_yours: 'لم تعد المحادثة متاحة لك.',
  unnamed: 'يطلب المتجر اسمك أولًا. اذكره مرة واحدة في المحادثة، وبعدها تُقبل ردودك بالبريد أيضًا.',
}

export const REFUSALS: Record<string, Texts> = { en, de, es, fr, ar }

export const refusalWords = (locale: string, why: Refusal): string =>
  (REFUSALS[locale.slice(0, 2).toLowerCase()] ?? en)[why]

const OF_CODE: Partial<Record<ErrorCode, Refusal>> = {
  messages_limited: 'limited',
  burst_limited: 'limited',
  chat_closed: 'closed',
  chat_read_only: 'read_only',
  blocked: 'blocked',
  not_found: 'not_yours',
  guests_refused: 'not_yours',
  // Whoever answers by mail has told an address, so a name is all that can be missing.
  guest_details_required: 'unnamed',
  attachments_off: 'files',
  file_too_large: 'files',
  file_refused: 'files',
  file_empty: 'files',
  picture_too_large: 'files',
  uploads_limited: 'limited',
}

/** The refusal that a code of the API stands for; null where the fault is ours and the mail should come again. */
export const refusalOf = (code: ErrorCode): Refusal | null => OF_CODE[code] ?? null
