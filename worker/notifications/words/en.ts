import { Settings } from '../../../protocol/settings/index.ts'
import type { MailWords } from './words.ts'

const { newMessage, chatCreated } = Settings.parse({}).notifications

export const en: MailWords = {
  direction: 'ltr',
  mails: {
    code: {
      subject: '{{code}} is your code for {{site_name}}',
      body: `This code signs you in to {{site_name}}:

# {{code}}

It works once, within ten minutes, in the window that asked for it. If you did not ask for it, you need do nothing. Give it to nobody.`,
    },
    invitation: {
      subject: 'Answer customers for {{seller_name}} at {{site_name}}',
      body: `You are invited to answer the customers of {{seller_name}} at {{site_name}}.

[Open your inbox]({{link}})

The link signs you in once, within seven days. If you do not expect it, you need do nothing.`,
    },
    staff_invitation: {
      subject: 'Help to run {{site_name}}',
      body: `You are invited to run the chats of {{site_name}}: its settings, its people and its figures.

[Open the settings]({{link}})

The link signs you in once, within seven days. After that, sign in on the same page with a code by e-mail. If you do not expect this, you need do nothing.`,
    },
    guest_link: {
      subject: 'Your chats at {{site_name}}',
      body: `With this link you go on with your chats at {{site_name}}, on this or any other device.

[Continue the chat]({{link}})

It works once, within 30 minutes. If you did not ask for it, you need do nothing.`,
    },
    order_link: {
      subject: 'Questions about your order {{order_number}} at {{site_name}}',
      body: `Thank you for your order {{order_number}}. If you have a question about it, you can write to the people who send it.

[Ask about the order]({{link}})

The link works once, within 30 days.`,
    },
    privacy: {
      subject: 'Your data at {{site_name}}',
      body: `With this code you show that this address is yours, and go on with what you asked for about your data at {{site_name}}:

# {{code}}

It works once, within ten minutes, in the window that asked for it. If you did not ask for it, you need do nothing. Give it to nobody.`,
    },
    reply_refused: {
      subject: 'Your answer was not taken',
      body: `The answer that you sent by e-mail is not in the chat. {{reason}}

[Answer in the chat]({{chat_url}})`,
    },
    verify_address: {
      subject: 'Is this your address?',
      body: `Somebody left this e-mail address in a chat at {{site_name}}, and there is an answer to it. If it was you, confirm the address, and answers come to you by e-mail.

[Yes, this is my address]({{link}})

If it was not you, you need do nothing: no answer comes here.`,
    },
  },
  events: {
    newMessage: { subject: newMessage.subject, body: newMessage.body },
    chatCreated: { subject: chatCreated.subject, body: chatCreated.body },
  },
  contexts: { product: 'product', order: 'order', post: 'article' },
  somebody: 'A visitor',
  earlier: '… and {{count}} earlier ones in the chat',
  test: '[Test] {{subject}}',
  answerHere: 'Answer in the chat: nobody reads replies to this mail.',
  answerByMail: 'You can answer in the chat or by replying to this mail.',
  because: 'You get this because somebody wrote to you in a chat at {{site_name}}.',
  becauseAsked: 'You get this because somebody gave this address at {{site_name}}.',
  becauseAdmin: 'You get this because the settings of {{site_name}} name this address.',
  stop: 'Stop these mails or choose which ones come',
}
