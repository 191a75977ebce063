import type { SignInTexts } from './en.ts'

export const fr: SignInTexts = {
  title: 'Votre boîte de réception',
  titleOf: 'Votre boîte de réception chez {name}',
  hint: 'Connectez-vous avec un code que nous vous envoyons par e-mail, ou ouvrez le lien de votre invitation.',
  ended: 'Votre session est terminée. Reconnectez-vous pour continuer.',
  email: 'Adresse e-mail',
  sendCode: 'M’envoyer un code',
  code: 'Code reçu par e-mail',
  codeHint: 'Si {email} peut se connecter ici, six chiffres sont en route. Ils sont valables dix minutes.',
  signIn: 'Se connecter',
  resend: 'Envoyer un autre code',
  sentAgain: 'Un autre code est en route. Seul le plus récent fonctionne.',
  otherEmail: 'Utiliser une autre adresse',
  emailWrong: 'Cette adresse semble incomplète.',
  codeShort: 'Le code a six chiffres.',
  codeWrong: 'Ce code est faux. Prenez celui de l’e-mail le plus récent.',
  codeUsedUp: 'Trop d’essais étaient faux : ce code ne fonctionne plus. Envoyez-en un autre.',
  codeOld: 'Ce code est trop ancien. Envoyez-en un autre.',
  tooMany: 'Trop d’essais. Vous pourrez réessayer {when}.',
  offline: 'Pas de connexion. Réessayez une fois en ligne.',
  failed: 'Cela n’a pas fonctionné. Réessayez.',
  tryAgain: 'Réessayer',
  noMail: 'Aucun code ne peut encore être envoyé d’ici. Demandez un nouveau lien à qui vous a invité.',
  whichShop:
    'Plusieurs boutiques répondent d’ici. Ouvrez le lien de votre invitation, ou d’un e-mail sur l’une de vos discussions : il sait quelle boutique est la vôtre.',
  noShop:
    'Cette boutique n’est pas ici. Ouvrez le lien de votre invitation, ou d’un e-mail sur l’une de vos discussions.',
}
