import type { MailWords } from './words.ts'

export const fr: MailWords = {
  direction: 'ltr',
  mails: {
    code: {
      subject: '{{code}} est votre code pour {{site_name}}',
      body: `Ce code vous connecte à {{site_name}} :

# {{code}}

Il sert une fois, pendant dix minutes, dans la fenêtre qui l’a demandé. Si vous ne l’avez pas demandé, vous n’avez rien à faire. Ne le donnez à personne.`,
    },
    invitation: {
      subject: 'Répondez aux clients de {{seller_name}} chez {{site_name}}',
      body: `Vous êtes invité à répondre aux clients de {{seller_name}} chez {{site_name}}.

[Ouvrir votre boîte]({{link}})

Le lien vous connecte une fois, pendant sept jours. Si vous ne l’attendiez pas, vous n’avez rien à faire.`,
    },
    staff_invitation: {
      subject: 'Invitation à gérer {{site_name}}',
      body: `Vous êtes invité à gérer les discussions de {{site_name}} : réglages, personnes et chiffres.

[Ouvrir les réglages]({{link}})

Le lien vous connecte une fois, pendant sept jours. Ensuite, connectez-vous sur la même page avec un code reçu par e-mail. Si vous n’attendiez pas ce message, vous n’avez rien à faire.`,
    },
    guest_link: {
      subject: 'Vos discussions chez {{site_name}}',
      body: `Avec ce lien, vous reprenez vos discussions chez {{site_name}}, sur cet appareil ou sur un autre.

[Continuer la discussion]({{link}})

Il sert une fois, pendant 30 minutes. Si vous ne l’avez pas demandé, vous n’avez rien à faire.`,
    },
    order_link: {
      subject: 'Questions sur votre commande {{order_number}} chez {{site_name}}',
      body: `Merci pour votre commande {{order_number}}. Si vous avez une question, vous pouvez écrire à ceux qui l’envoient.

[Poser une question]({{link}})

Le lien sert une fois, pendant 30 jours.`,
    },
    privacy: {
      subject: 'Vos données chez {{site_name}}',
      body: `Avec ce code, vous montrez que cette adresse est la vôtre et poursuivez votre demande sur vos données chez {{site_name}} :

# {{code}}

Il est valable une fois, pendant dix minutes, dans la fenêtre qui l’a demandé. Si vous ne l’avez pas demandé, vous n’avez rien à faire. Ne le donnez à personne.`,
    },
    reply_refused: {
      subject: 'Votre réponse n’a pas été acceptée',
      body: `La réponse que vous avez envoyée par e-mail n’est pas dans la discussion. {{reason}}

[Répondre dans la discussion]({{chat_url}})`,
    },
    verify_address: {
      subject: 'Est-ce votre adresse ?',
      body: `Quelqu’un a laissé cette adresse e-mail dans une discussion chez {{site_name}}, et une réponse l’y attend. Si c’était vous, confirmez l’adresse, et les réponses vous parviendront par e-mail.

[Oui, c’est mon adresse]({{link}})

Si ce n’était pas vous, vous n’avez rien à faire : aucune réponse n’arrivera ici.`,
    },
  },
  events: {
    newMessage: {
      subject: 'Nouveau message de {{sender_name}} chez {{site_name}}',
      body: `Bonjour {{recipient_name}},

{{sender_name}} vous a écrit :

> {{last_message}}

[Répondre dans la discussion]({{chat_url}})`,
    },
    chatCreated: {
      subject: '{{sender_name}} a ouvert une discussion chez {{site_name}}',
      body: `Bonjour {{recipient_name}},

{{sender_name}} a ouvert une discussion avec vous. Sujet : {{context_type}}.

[Ouvrir la discussion]({{chat_url}})`,
    },
  },
  contexts: { product: 'produit', order: 'commande', post: 'article' },
  somebody: 'Un visiteur',
  earlier: '… et {{count}} plus anciens dans la discussion',
  test: '[Essai] {{subject}}',
  answerHere: 'Répondez dans la discussion : personne ne lit les réponses à cet e-mail.',
  answerByMail: 'Vous pouvez répondre dans la discussion ou à cet e-mail.',
  because: 'Vous recevez ceci parce que quelqu’un vous a écrit dans une discussion chez {{site_name}}.',
  becauseAsked: 'Vous recevez ceci parce que quelqu’un a donné cette adresse chez {{site_name}}.',
  becauseAdmin: 'Vous recevez ceci parce que les réglages de {{site_name}} nomment cette adresse.',
  stop: 'Arrêter ces e-mails ou choisir lesquels arrivent',
}
