import type { SignInTexts } from './en.ts'

export const de: SignInTexts = {
  title: 'Ihr Posteingang',
  titleOf: 'Ihr Posteingang bei {name}',
  hint: 'Melden Sie sich mit einem Code an, den wir Ihnen mailen, oder öffnen Sie den Link aus Ihrer Einladung.',
  ended: 'Ihre Sitzung ist zu Ende. Melden Sie sich wieder an, um weiterzumachen.',
  email: 'E-Mail-Adresse',
  sendCode: 'Code zusenden',
  code: 'Code aus der Mail',
  codeHint: 'Wenn {email} sich hier anmelden darf, sind sechs Ziffern unterwegs. Sie gelten zehn Minuten.',
  signIn: 'Anmelden',
  resend: 'Neuen Code senden',
  sentAgain: 'Ein neuer Code ist unterwegs. Nur der neueste gilt.',
  otherEmail: 'Andere Adresse verwenden',
  emailWrong: 'Diese Adresse sieht unvollständig aus.',
  codeShort: 'Der Code hat sechs Ziffern.',
  codeWrong: 'Dieser Code ist falsch. Nehmen Sie den aus der neuesten Mail.',
  codeUsedUp: 'Das war zu oft falsch, dieser Code gilt nicht mehr. Senden Sie einen neuen.',
  codeOld: 'Dieser Code ist zu alt. Senden Sie einen neuen.',
  tooMany: 'Zu viele Versuche. Sie können es {when} wieder versuchen.',
  offline: 'Keine Verbindung. Versuchen Sie es erneut, wenn Sie online sind.',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es erneut.',
  tryAgain: 'Erneut versuchen',
  noMail: 'Von hier können noch keine Codes gemailt werden. Bitten Sie um einen neuen Einladungslink.',
  whichShop:
    'Hier wird für mehrere Shops geantwortet. Öffnen Sie den Link aus Ihrer Einladung oder aus einer Mail zu einem Ihrer Chats: Er weiß, welcher Shop Ihrer ist.',
  noShop:
    'Diesen Shop gibt es hier nicht. Öffnen Sie den Link aus Ihrer Einladung oder aus einer Mail zu einem Ihrer Chats.',
}
