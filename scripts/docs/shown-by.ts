import type { Settings } from '../../protocol/settings/index.ts'

type PathsOf<Group> = {
  [Key in keyof Group & string]: Group[Key] extends Record<string, unknown> ? `${Key}.${PathsOf<Group[Key]>}` : Key
}[keyof Group & string]

/** A file of tests and the titles of one of them, from the outermost `describe`, as they stand in the source. */
export type ShownBy = readonly [file: string, ...titles: string[]]

const seen = 'test/e2e/obeyed-settings.test.ts'
const contexts = 'test/worker/contexts.test.ts'
const limits = 'test/worker/limits.test.ts'
const mails = 'test/worker/notifications.test.ts'
const files = 'test/worker/attachments.test.ts'
const privacy = 'test/worker/privacy.test.ts'
const erase = 'test/worker/erase.test.ts'

const off: ShownBy = [
  contexts,
  'a context that is switched off',
  'takes no new chat (%s); the old ones stay, to be read and answered',
]
const onItsPage: ShownBy = [seen, 'A chat that was just started', 'is read on the page of its context (%s)']
const inTheAccount: ShownBy = [
  seen,
  'A chat that was just started',
  'is read in the account where its routing says so (%s)',
]
const menu: ShownBy = [
  seen,
  'The account menu has an entry under each label of the settings, into the account or to a page',
]
const productButton: ShownBy = [seen, 'The button', 'of a product has the label and the position of the settings']
const orderButton: ShownBy = [seen, 'The button', 'of an order has the label and the position of the settings']
const dressed: ShownBy = [
  seen,
  'The button',
  'has the accent and the theme of the settings, whatever the device asks for',
]
const kind: ShownBy = [
  'test/worker/upload-corpus.test.ts',
  'refused, and nothing is stored',
  'a kind that the site does not take (%s)',
]
const exactly = `a limit of %i under \${PARALLEL} attempts at once, \${RUNS} runs`
const again: ShownBy = [limits, 'the limits', 'say when to try again within the %s window, and admit then']
const nothingWritten: ShownBy = [
  mails,
  'whom it concerns is asked anew when a mail goes out',
  'and with %s off nothing is written at all',
]
const templates: ShownBy = [mails, 'a mail', 'is in the language of its reader, and as the site’s templates say']
const newChat: ShownBy = [
  mails,
  'a new chat',
  'is told as the site’s templates say, and to the admins that the site names',
]
const starter: ShownBy = [
  'test/worker/orders.test.ts',
  'the starter',
  'fills every token, in the order’s currency and the site’s language and time zone',
]

/** For every setting a test that fails when nobody obeys it. */
export const SHOWN_BY: Readonly<Record<PathsOf<Settings>, ShownBy>> = {
  'general.chatsPageUrl': [
    seen,
    'A chat that was just started',
    'is read on the chats page where its context names none',
  ],
  'general.opens': [seen, 'A chat that was just started', 'stays in the panel where the settings want that'],

  'contexts.post.enabled': off,
  'contexts.post.pageUrl': onItsPage,
  'contexts.order.enabled': off,
  'contexts.order.createAutomatically': [
    contexts,
    'the order button',
    'is all there is where orders make no chat by themselves',
  ],
  'contexts.order.routing': inTheAccount,
  'contexts.order.pageUrl': onItsPage,
  'contexts.order.accountUrl': inTheAccount,
  'contexts.order.endpointLabel': menu,
  'contexts.order.starterMessage': starter,
  'contexts.order.button': [
    contexts,
    'the order button',
    'switched off lets nobody start a chat by hand, while those of new orders still come',
  ],
  'contexts.order.buttonPosition': orderButton,
  'contexts.order.buttonLabel': orderButton,
  'contexts.product.enabled': off,
  'contexts.product.routing': inTheAccount,
  'contexts.product.pageUrl': onItsPage,
  'contexts.product.accountUrl': inTheAccount,
  'contexts.product.endpointLabel': menu,
  'contexts.product.buttonPosition': productButton,
  'contexts.product.buttonSelector': [seen, 'The button', 'of a product goes where the selector of the settings says'],
  'contexts.product.buttonLabel': productButton,

  'attachments.enabled': [files, 'what a site allows', 'may be none at all'],
  'attachments.perMessage': [files, 'what a site allows', 'is a number of files for each message'],
  'attachments.maxMegabytes': [
    'test/e2e/attachments.test.ts',
    'what is attached',
    'says what is wrong with a file, and lets the others go',
  ],
  'attachments.images': kind,
  'attachments.videos': kind,
  'attachments.audio': kind,
  'attachments.documents': kind,
  'attachments.archives': kind,
  'attachments.uploadsPerHour': [
    files,
    'what a site allows',
    'is a number of uploads an hour for each person, and what is taken back gives none back',
  ],

  'limits.enabled': [limits, 'the limits', 'are off when the switch is'],
  'limits.chatsPerWindow': [
    limits,
    exactly,
    'admits exactly that many new chats of one user, and opens the old ones freely',
  ],
  'limits.chatWindowSec': again,
  'limits.messagesPerWindow': [
    limits,
    exactly,
    'admits exactly that many messages of one user over five chats, retries free',
  ],
  'limits.messageWindowSec': again,
  'limits.burstPerChat': [limits, exactly, 'admits exactly that many messages to one chat (burst), retries free'],
  'limits.burstWindowSec': again,

  'notifications.enabled': nothingWritten,
  'notifications.delaySec': [mails, 'a new message', 'waits out its own delay where an older one was read'],
  'notifications.perChatMinutes': [mails, 'the caps', 'of a chat are the site’s to set too'],
  'notifications.perHour': [mails, 'the caps', 'are the site’s to set, and hold for an address over all who have it'],
  'notifications.perDay': [mails, 'the caps', 'of a day are the site’s to set too'],
  'notifications.mailsPerSecond': ['test/worker/mailer.test.ts', 'keeps to the pace that the site has set'],
  'notifications.guestOrders': [
    mails,
    'an order',
    'for which the shop mails a link itself, of an account, or where links are off, has nobody mailed',
  ],
  'notifications.newMessage.enabled': nothingWritten,
  'notifications.newMessage.email': nothingWritten,
  'notifications.newMessage.admins': [
    mails,
    'admins',
    'get nothing unless the settings name them, then each event that does',
  ],
  'notifications.newMessage.subject': templates,
  'notifications.newMessage.body': templates,
  'notifications.chatCreated.enabled': [
    mails,
    'a new chat',
    'is told to its sellers where the site wants it, once with its first message',
  ],
  'notifications.chatCreated.email': [mails, 'a new chat', 'is mailed to nobody where its e-mail channel is off'],
  'notifications.chatCreated.admins': newChat,
  'notifications.chatCreated.subject': newChat,
  'notifications.chatCreated.body': newChat,

  'privacy.exporter': [privacy, 'WordPress', 'gets a person’s chats, and nothing of them where the exporter is off'],
  'privacy.eraser': [
    privacy,
    'WordPress',
    'has a person erased, and is told that they are kept where the eraser is off',
  ],
  'privacy.redactMessages': [
    erase,
    'a person who is erased',
    'leaves empty rows where the shop wants no placeholders, and the numbers stay',
  ],
  'privacy.placeholder': [erase, 'a person who is erased', 'leaves the placeholder of the shop’s own words'],
  'privacy.deleteAttachments': [
    erase,
    'a person who is erased',
    'takes their files along where the shop wants that (%s)',
  ],
  'privacy.ownRequests': [privacy, 'a shopper', 'is offered nothing where the shop answers by itself'],
  'privacy.keepChatsDays': [
    privacy,
    'what is kept for a time only',
    'is redacted after its days, and those who look see it',
  ],
  'privacy.oldChats': [
    privacy,
    'what is kept for a time only',
    'is deleted after its days where the shop wants that, and a new chat may take its place',
  ],
  'privacy.keepFilesDays': [privacy, 'what is kept for a time only', 'may be files alone: their messages stay'],

  'brand.name': templates,
  'brand.accent': dressed,
  'brand.theme': dressed,
  'guests.mode': [
    'test/worker/sessions.test.ts',
    'guests',
    'tell a name, or a name and an e-mail, where the site asks',
  ],
  'region.locale': [seen, 'The button', 'speaks the language of the settings where the page names none'],
  'region.timeZone': starter,
}
