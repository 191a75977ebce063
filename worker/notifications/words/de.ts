import type { MailWords } from './words.ts'

export const de: MailWords = {
  direction: 'ltr',
  mails: {
    code: {
      subject: '{{code}} ist Ihr Code für {{site_name}}',
      body: `Mit diesem Code melden Sie sich bei {{site_name}} an:

# {{code}}

Er gilt einmal und zehn Minuten lang, in dem Fenster, das danach gefragt hat. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun. Geben Sie ihn niemandem weiter.`,
    },
    invitation: {
      subject: 'Kunden von {{seller_name}} bei {{site_name}} antworten',
      body: `Sie sind eingeladen, den Kunden von {{seller_name}} bei {{site_name}} zu antworten.

[Posteingang öffnen]({{link}})

Der Link meldet Sie einmal an, innerhalb von sieben Tagen. Wenn Sie ihn nicht erwarten, müssen Sie nichts tun.`,
    },
    staff_invitation: {
      subject: 'Einladung in die Leitung von {{site_name}}',
      body: `Sie sind eingeladen, die Chats von {{site_name}} mitzuleiten: Einstellungen, Personen und Zahlen.

[Einstellungen öffnen]({{link}})

Der Link meldet Sie einmal an, innerhalb von sieben Tagen. Danach melden Sie sich auf derselben Seite mit einem Code per E-Mail an. Falls Sie das nicht erwarten, müssen Sie nichts tun.`,
    },
    guest_link: {
      subject: 'Ihre Chats bei {{site_name}}',
      body: `Mit diesem Link setzen Sie Ihre Chats bei {{site_name}} fort, auf diesem oder jedem anderen Gerät.

[Chat fortsetzen]({{link}})

Er gilt einmal und 30 Minuten lang. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun.`,
    },
    order_link: {
      subject: 'Fragen zu Ihrer Bestellung {{order_number}} bei {{site_name}}',
      body: `Danke für Ihre Bestellung {{order_number}}. Wenn Sie eine Frage dazu haben, schreiben Sie denen, die sie verschicken.

[Zur Bestellung fragen]({{link}})

Der Link gilt einmal und 30 Tage lang.`,
    },
    privacy: {
      subject: 'Ihre Daten bei {{site_name}}',
      body: `Mit diesem Code zeigen Sie, dass diese Adresse Ihnen gehört, und setzen fort, was Sie zu Ihren Daten bei {{site_name}} angefragt haben:

# {{code}}

Er gilt einmal, innerhalb von zehn Minuten, in dem Fenster, das ihn angefordert hat. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun. Geben Sie ihn niemandem.`,
    },
    reply_refused: {
      subject: 'Ihre Antwort wurde nicht angenommen',
      body: `Die Antwort, die Sie per E-Mail geschickt haben, steht nicht im Chat. {{reason}}

[Im Chat antworten]({{chat_url}})`,
    },
    verify_address: {
      subject: 'Ist das Ihre Adresse?',
      body: `Jemand hat diese E-Mail-Adresse in einem Chat bei {{site_name}} angegeben, und dort gibt es eine Antwort. Wenn Sie das waren, bestätigen Sie die Adresse, dann kommen Antworten per E-Mail.

[Ja, das ist meine Adresse]({{link}})

Wenn Sie das nicht waren, müssen Sie nichts tun: hierher kommt keine Antwort.`,
    },
  },
  events: {
    newMessage: {
      subject: 'Neue Nachricht von {{sender_name}} bei {{site_name}}',
      body: `Hallo {{recipient_name}},

{{sender_name}} hat Ihnen geschrieben:

> {{last_message}}

[Im Chat antworten]({{chat_url}})`,
    },
    chatCreated: {
      subject: '{{sender_name}} hat bei {{site_name}} einen Chat begonnen',
      body: `Hallo {{recipient_name}},

{{sender_name}} hat mit Ihnen einen Chat begonnen. Es geht um: {{context_type}}.

[Chat öffnen]({{chat_url}})`,
    },
  },
  contexts: { product: 'Produkt', order: 'Bestellung', post: 'Artikel' },
  somebody: 'Ein Gast',
  earlier: '… und {{count}} frühere im Chat',
  test: '[Test] {{subject}}',
  answerHere: 'Bitte im Chat antworten: Antworten auf diese E-Mail liest niemand.',
  answerByMail: 'Sie können im Chat antworten oder auf diese E-Mail.',
  because: 'Sie erhalten das, weil Ihnen jemand in einem Chat bei {{site_name}} geschrieben hat.',
  becauseAsked: 'Sie erhalten das, weil jemand diese Adresse bei {{site_name}} angegeben hat.',
  becauseAdmin: 'Sie erhalten das, weil diese Adresse in den Einstellungen von {{site_name}} steht.',
  stop: 'Diese E-Mails abbestellen oder auswählen, welche kommen',
}
