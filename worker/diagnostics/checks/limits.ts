import type { Settings } from '../../../protocol/settings/index.ts'
import { howLong } from '../ago.ts'
import { attention, type CheckUp, type Finding, ok } from '../check.ts'

type Limits = Settings['limits']

/** Nobody writes faster than this for long, so a limit above it stops no program either. */
const MOST_PER_SECOND = 5
/** Fewer than these in a minute get in the way of people. */
const LEAST_PER_MINUTE = 2
/** Nobody asks about more things in a minute, one after the other. */
const MOST_CHATS_PER_MINUTE = 10
/** Who compares a few things asks about as many in an hour. */
const LEAST_CHATS_PER_HOUR = 3

const within = (seconds: number) => howLong(seconds * 1000)

function ofMessages({ messagesPerWindow, messageWindowSec }: Limits): Finding | null {
  const perSecond = messagesPerWindow / messageWindowSec
  const says = `One person may send ${messagesPerWindow} messages in ${within(messageWindowSec)}`
  const field = 'limits.messagesPerWindow'
  if (perSecond > MOST_PER_SECOND)
    return attention(
      `${says}, which holds no flood back.`,
      'Lower the messages per window, or make the window longer.',
      field,
    )
  if (perSecond * 60 >= LEAST_PER_MINUTE) return null
  return attention(
    `${says}: sellers who answer many chats will be held up.`,
    'Raise the messages per window, or make the window shorter.',
    field,
  )
}

function ofChats({ chatsPerWindow, chatWindowSec }: Limits): Finding | null {
  const perMinute = (chatsPerWindow / chatWindowSec) * 60
  const says = `One person may start ${chatsPerWindow} ${chatsPerWindow === 1 ? 'chat' : 'chats'} in ${within(chatWindowSec)}`
  const field = 'limits.chatsPerWindow'
  if (perMinute > MOST_CHATS_PER_MINUTE)
    return attention(
      `${says}, which holds no flood back.`,
      'Lower the chats per window, or make the chat window longer.',
      field,
    )
  // Few at a time are enough where the window is short, and few an hour where many may come at once.
  if (chatsPerWindow >= LEAST_CHATS_PER_HOUR || perMinute * 60 >= LEAST_CHATS_PER_HOUR) return null
  return attention(
    `${says}: whoever asks about a third thing will be held up.`,
    'Raise the chats per window, or make the chat window shorter.',
    field,
  )
}

function ofBursts({ burstPerChat, burstWindowSec, messagesPerWindow, messageWindowSec }: Limits): Finding | null {
  if (burstPerChat <= messagesPerWindow || burstWindowSec > messageWindowSec) return null
  return attention(
    'The burst limit never counts: the limit on messages is reached before.',
    'Set the burst per chat lower than the messages per window.',
    'limits.burstPerChat',
  )
}

export const limits: CheckUp = {
  id: 'limits',
  title: 'Rate limits',
  look({ site }) {
    const { limits: set } = site.settings
    if (!set.enabled)
      return attention(
        'They are off: one program can flood every seller.',
        'Switch them on; the defaults disturb nobody.',
        'limits.enabled',
      )
    const wrong = ofMessages(set) ?? ofChats(set) ?? ofBursts(set)
    return wrong ?? ok('They hold floods back and leave people alone.')
  },
}
