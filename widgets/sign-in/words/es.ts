import type { SignInTexts } from './en.ts'

export const es: SignInTexts = {
  title: 'Su bandeja de entrada',
  titleOf: 'Su bandeja de entrada en {name}',
  hint: 'Entre con un código que le enviamos por correo, o abra el enlace de su invitación.',
  ended: 'Su sesión ha terminado. Entre de nuevo para continuar.',
  email: 'Dirección de correo',
  sendCode: 'Enviarme un código',
  code: 'Código del correo',
  codeHint: 'Si {email} puede entrar aquí, seis cifras van de camino. Sirven durante diez minutos.',
  signIn: 'Entrar',
  resend: 'Enviar otro código',
  sentAgain: 'Otro código va de camino. Solo sirve el más reciente.',
  otherEmail: 'Usar otra dirección',
  emailWrong: 'Esta dirección parece incompleta.',
  codeShort: 'El código tiene seis cifras.',
  codeWrong: 'Este código no es correcto. Use el del correo más reciente.',
  codeUsedUp: 'Ha fallado demasiadas veces y este código ya no sirve. Envíe otro.',
  codeOld: 'Este código es demasiado antiguo. Envíe otro.',
  tooMany: 'Demasiados intentos. Puede volver a intentarlo {when}.',
  offline: 'Sin conexión. Inténtelo de nuevo cuando la tenga.',
  failed: 'No ha funcionado. Inténtelo de nuevo.',
  tryAgain: 'Reintentar',
  noMail: 'Desde aquí aún no se pueden enviar códigos. Pida un enlace nuevo a quien le invitó.',
  whichShop:
    'Desde aquí se responde por varias tiendas. Abra el enlace de su invitación o de un correo sobre uno de sus chats: sabe cuál es su tienda.',
  noShop: 'Esta tienda no está aquí. Abra el enlace de su invitación o de un correo sobre uno de sus chats.',
}
