import { howLong } from '../ago.ts'
import { attention, type CheckUp, ok } from '../check.ts'

/** Nobody writes faster than this for long, so a limit above it stops no program either. */
const MOST_PER_SECOND = 5
/** Fewer than these in a minute get in the way of people. */
const LEAST_PER_MINUTE = 2

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
    const perSecond = set.messagesPerWindow / set.messageWindowSec
    if (perSecond > MOST_PER_SECOND)
      return attention(
        `One person may send ${set.messagesPerWindow} messages in ${howLong(set.messageWindowSec * 1000)}, which holds no flood back.`,
        'Lower the messages per window, or make the window longer.',
        'limits.messagesPerWindow',
      )
    if (perSecond * 60 < LEAST_PER_MINUTE)
      return attention(
        `One person may send ${set.messagesPerWindow} messages in ${howLong(set.messageWindowSec * 1000)}: sellers who answer many chats will be held up.`,
        'Raise the messages per window, or make the window shorter.',
        'limits.messagesPerWindow',
      )
    if (set.burstPerChat > set.messagesPerWindow && set.burstWindowSec <= set.messageWindowSec)
      return attention(
        'The burst limit never counts: the limit on messages is reached before.',
        'Set the burst per chat lower than the messages per window.',
        'limits.burstPerChat',
      )
    return ok('They hold floods back and leave people alone.')
  },
}
