import type { PrivacyRequest, WordPressErased } from '../../protocol/privacy.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { tellingOfOneCall } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { carryOn } from './carry-on.ts'
import { openErasures } from './erase.ts'
import { peopleBy } from './person-store.ts'
import { erasuresOf, readRequests } from './request-store.ts'

/** WordPress waits 10 s for an answer, and asks again as often as it is told to. */
const STEPS_A_CALL = 3
/** Somebody else is at it: the next call need not come at once. */
const BUSY_MS = 500

const NOTHING: WordPressErased = { items_removed: false, items_retained: false, messages: [], done: true }
const kept = (why: string): WordPressErased => ({ ...NOTHING, items_retained: true, messages: [why] })

/**
 * Erases everybody with this address, a few steps a call. WordPress counts pages; what is erased moves the rest up, so
 * the next that is left is always taken, whatever page was asked for.
 */
export async function eraseForWordPress(env: Env, site: Site, email: string): Promise<WordPressErased> {
  const db = database(env, site.db)
  const people = await peopleBy(db, site.id, { email })
  const mayErase = people.filter(({ staff }) => !staff)
  const { eraser, deleteAttachments } = site.settings.privacy
  await openErasures(env, site, mayErase, { source: 'wordpress', actor: null, wait: !eraser })
  const ids = await erasuresOf(db, site.id, email)
  if (!eraser && ids.length > 0)
    return kept('The eraser is switched off in Shopbell. The request waits in its panel for somebody to decide.')
  const telling = tellingOfOneCall()
  for (const id of ids) await carryOn(env, site.db, id, { steps: STEPS_A_CALL, telling })
  const requests = await readRequests(db, site.id, ids)
  const answer = answerOf(requests, deleteAttachments)
  if (people.length > mayErase.length) return withStaff(answer)
  if (!answer.done && requests.every(({ counts }) => sum(counts) === 0)) await scheduler.wait(BUSY_MS)
  return answer
}

const sum = ({ messages, files, records }: PrivacyRequest['counts']) => messages + files + records

function answerOf(requests: PrivacyRequest[], filesGo: boolean): WordPressErased {
  const held = requests.filter(({ state }) => state === 'held')
  const total = (what: 'messages' | 'files') => requests.reduce((n, { counts }) => n + counts[what], 0)
  const done = requests.every(({ state }) => state === 'done' || state === 'held')
  const said = [
    ...(total('messages') ? [`Chat messages erased: ${total('messages')}.`] : []),
    ...(total('files') ? [`Files erased: ${total('files')}.`] : []),
    ...(filesGo || requests.length === 0 ? [] : ['Files that the person sent are kept, as set in Shopbell.']),
    ...(held.length ? ['A legal hold keeps this person’s chats for now. They go when it is lifted.'] : []),
  ]
  return {
    items_removed: requests.some(({ counts }) => sum(counts) > 0),
    items_retained: held.length > 0 || (!filesGo && requests.length > 0),
    messages: done ? said : [],
    done,
  }
}

const withStaff = (answer: WordPressErased): WordPressErased => ({
  ...answer,
  items_retained: true,
  messages: answer.done
    ? [...answer.messages, 'This person helps to run the site in Shopbell. Take their role away there first.']
    : [],
})
