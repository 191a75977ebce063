import type { Chat } from '../../protocol/chats.ts'
import type { ChatStore } from '../client/store.ts'
import { alertChoices } from './alert-choices.ts'
import { moreWords } from './words/words.ts'

interface Options {
  /** Names of the page's address by which My Chats opens a chat. */
  anchor: string
  /** The page shows the count by itself. */
  ownTitle?: boolean
  signal?: AbortSignal
}

const COUNTED = /^\(\d+\) /
const OURS = 'shopbell-my-chats,shopbell-panel[open],shopbell-inbox'

/**
 * Tells of messages that come while the page is in the background: a count in its title, and a notification and a sound
 * for who has asked for them. Only where chats are open; at most one notification a chat, also over several tabs.
 */
export function keepAlerts(store: ChatStore, { anchor, ownTitle, signal }: Options) {
  let before = store.state.chats
  let fresh = 0

  const count = () => {
    if (ownTitle) return
    const title = document.title.replace(COUNTED, '')
    document.title = fresh ? `(${fresh}) ${title}` : title
  }
  const look = () => {
    const { chats, cursor } = store.state
    const news = [...chats.values()].filter((chat) => isNews(chat, before.get(chat.id)))
    before = chats
    if (!cursor || !document.hidden || !news.length || !document.querySelector(OURS)) return
    fresh += news.length
    count()
    void tell(store, news, anchor)
  }
  const seen = () => {
    if (document.hidden) return
    fresh = 0
    count()
  }
  store.addEventListener('change', look, signal ? { signal } : {})
  document.addEventListener('visibilitychange', seen, signal ? { signal } : {})
}

/** The other side has written since; a chat that is new here was read before, or its first message is news. */
const isNews = (chat: Chat, then: Chat | undefined) =>
  chat.unread > 0 && chat.lastSeq > (then?.lastSeq ?? 0) && (then !== undefined || chat.lastSeq === 1)

async function tell(store: ChatStore, news: Chat[], anchor: string) {
  const { notify, words, sound } = alertChoices(store.site)
  if (sound) ring()
  if (!notify || !('Notification' in window) || Notification.permission !== 'granted') return
  const texts = await moreWords(document.documentElement.lang || 'en')
  for (const chat of news) {
    const name = chat.side === 'customer' ? chat.seller.name : chat.customer.name
    const body = (words && chat.last?.body) || [texts.newMessage, chat.thing.title].filter(Boolean).join(' · ')
    await show(name ?? chat.thing.title ?? texts.newMessage, { body, tag: chat.id, data: `#${anchor}=${chat.id}` })
  }
}

/** Android shows only what a service worker shows; without one there is the count in the title. */
async function show(title: string, options: NotificationOptions) {
  try {
    const note = new Notification(title, options)
    note.onclick = () => {
      window.focus()
      location.hash = options.data
      note.close()
    }
  } catch {
    const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
    await worker?.showNotification(title, options).catch(() => undefined)
  }
}

let audio: AudioContext | undefined

/** Two soft tones. */
export function ring() {
  audio ??= new AudioContext()
  play(audio, 660, audio.currentTime)
  play(audio, 880, audio.currentTime + 0.14)
}

function play(on: AudioContext, pitch: number, start: number) {
  const [tone, volume] = [on.createOscillator(), on.createGain()]
  tone.frequency.value = pitch
  volume.gain.setValueAtTime(0.0001, start)
  volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3)
  tone.connect(volume).connect(on.destination)
  tone.start(start)
  tone.stop(start + 0.32)
}
