import type { PastChat } from './history.ts'

/** A report as a person would count it: message by message, with the calendar of the zone. */
export function countByHand(chats: readonly PastChat[], zone: string, from: string, to: string) {
  const { dayOf, hourOf } = calendarOf(zone)
  const inside = (at: number) => dayOf(at) >= from && dayOf(at) <= to
  const counts = (mine: readonly PastChat[], is: (at: number) => boolean) => ({
    chats: mine.filter(({ at }) => is(at)).length,
    messages: mine.flatMap(({ messages }) => messages).filter(({ at }) => is(at)).length,
    active: mine.filter(({ messages }) => messages.some(({ at }) => is(at))).length,
    attachments: mine
      .flatMap(({ messages }) => messages)
      .reduce((sum, { at, files = 0 }) => sum + (is(at) ? files : 0), 0),
  })
  const hours = Array.from({ length: 7 }, () => Array<number>(24).fill(0))
  for (const { at } of chats.flatMap(({ messages }) => messages).filter(({ at }) => inside(at))) {
    const weekday = (new Date(`${dayOf(at)}T00:00Z`).getUTCDay() + 6) % 7
    hours[weekday]![hourOf(at)]!++
  }
  const bySeller = Map.groupBy(chats, ({ seller }) => seller)
  return {
    totals: { ...counts(chats, inside), ...answersOf(chats, inside) },
    contexts: (['product', 'order', 'post'] as const).map((context) => ({
      context,
      ...counts(
        chats.filter((chat) => chat.context === context),
        inside,
      ),
    })),
    days: daysBetween(from, to).map((day) => ({ day, ...counts(chats, (at) => dayOf(at) === day) })),
    sellers: [...bySeller]
      .map(([seller, mine]) => {
        const { chats: started, messages, attachments } = counts(mine, inside)
        return { seller, chats: started, messages, attachments, ...answersOf(mine, inside) }
      })
      .filter(({ chats: started, messages, unanswered }) => started + messages + unanswered > 0),
    hours,
  }
}

/** How long first answers took that came within the range, and who asked within it and waits. */
function answersOf(chats: readonly PastChat[], inside: (at: number) => boolean) {
  const times: number[] = []
  let unanswered = 0
  for (const { messages } of chats) {
    const asked = messages.findIndex(({ side }) => side === 'customer')
    if (asked < 0) continue
    const question = messages[asked]!
    const answer = messages.slice(asked).find(({ side }) => side === 'seller')
    if (answer && inside(answer.at)) times.push(Math.max(1000, answer.at - question.at))
    if (!answer && inside(question.at)) unanswered++
  }
  times.sort((one, other) => one - other)
  const rank = (share: number) => times[Math.ceil(times.length * share) - 1] ?? null
  return { answered: times.length, median: rank(0.5), p90: rank(0.9), unanswered }
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

function calendarOf(zone: string) {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const known = new Map<number, string>()
  const local = (at: number) => {
    const minute = Math.floor(at / 60_000)
    const text = known.get(minute) ?? clock.format(at)
    known.set(minute, text)
    return text
  }
  return { dayOf: (at: number) => local(at).slice(0, 10), hourOf: (at: number) => Number(local(at).slice(11, 13)) }
}
