import type { ButtonWords } from './words.ts'

export const otherWords: Record<string, ButtonWords> = {
  ar: {
    product: 'اسأل عن هذا المنتج',
    order: 'محادثة حول هذا الطلب',
    post: 'اسأل عن هذا المقال',
    list: 'الرسائل',
    exists: 'تابع محادثتك',
    busy: 'جارٍ الفتح',
    failed: 'حاول مجددًا',
    reason: 'لم تُفتح المحادثة. لم يُفقد شيء.',
  },
  de: {
    product: 'Frage zum Produkt stellen',
    order: 'Zu dieser Bestellung schreiben',
    post: 'Frage zum Artikel stellen',
    list: 'Nachrichten',
    exists: 'Chat fortsetzen',
    busy: 'Wird geöffnet',
    failed: 'Erneut versuchen',
    reason: 'Der Chat wurde nicht geöffnet. Es ist nichts verloren.',
  },
  es: {
    product: 'Preguntar por este producto',
    order: 'Escribir sobre este pedido',
    post: 'Preguntar por este artículo',
    list: 'Mensajes',
    exists: 'Continuar el chat',
    busy: 'Abriendo',
    failed: 'Reintentar',
    reason: 'El chat no se abrió. No se ha perdido nada.',
  },
  fr: {
    product: 'Poser une question sur ce produit',
    order: 'Écrire au sujet de cette commande',
    post: 'Poser une question sur cet article',
    list: 'Messages',
    exists: 'Reprendre la discussion',
    busy: 'Ouverture',
    failed: 'Réessayer',
    reason: 'La discussion ne s’est pas ouverte. Rien n’est perdu.',
  },
}
