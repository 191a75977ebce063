/** Every word of signing in to the hosted inbox; its chunk brings along the language that is read. */
export const en = {
  title: 'Your inbox',
  titleOf: 'Your inbox at {name}',
  hint: 'Sign in with a code that we mail you, or open the link in your invitation.',
  ended: 'Your session has ended. Sign in again to go on.',
  email: 'E-mail address',
  sendCode: 'Send me a code',
  code: 'Code from the mail',
  codeHint: 'If {email} may sign in here, six digits are on their way. They are good for ten minutes.',
  signIn: 'Sign in',
  resend: 'Send another code',
  sentAgain: 'Another code is on its way. Only the newest one works.',
  otherEmail: 'Use another address',
  emailWrong: 'This address looks incomplete.',
  codeShort: 'The code has six digits.',
  codeWrong: 'This code is wrong. Use the one from the newest mail.',
  codeUsedUp: 'That was wrong too often, so this code no longer works. Send another one.',
  codeOld: 'This code is too old. Send another one.',
  tooMany: 'Too many tries. You can try again {when}.',
  offline: 'No connection. Try again when you are online.',
  failed: 'That did not work. Please try again.',
  tryAgain: 'Try again',
  noMail: 'No codes can be mailed from here yet. Ask whoever invited you for a new link.',
  whichShop:
    'Several shops are answered from here. Open the link in your invitation, or in a mail about one of your chats: it knows which shop is yours.',
  noShop: 'This shop is not here. Open the link in your invitation, or in a mail about one of your chats.',
}
export type SignInTexts = typeof en
