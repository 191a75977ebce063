/// <reference lib="webworker" />

// The service worker of the hosted inbox: it shows what rings while the inbox is closed, and nothing else. It keeps no
// page and no file, so that a new version is there at once.

interface Note {
  title: string
  body: string
  tag: string
  url: string
  lang: string
}

const worker = self as unknown as ServiceWorkerGlobalScope

const inboxes = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true })

async function show({ title, body, tag, url, lang }: Note) {
  const open = (await inboxes()).some((client) => client.visibilityState === 'visible')
  // Who looks at the inbox sees the message there.
  if (!open) await worker.registration.showNotification(title, { body, tag, lang, data: url })
}

async function open(url: string) {
  const address = new URL(url, worker.location.origin)
  const site = address.searchParams.get('site')
  const there = (await inboxes()).find((client) => new URL(client.url).searchParams.get('site') === site)
  if (!there) return worker.clients.openWindow(address.href)
  await there.focus()
  return there.navigate(address.href)
}

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('push', (event) => {
  const note: Note | undefined = event.data?.json()
  if (note) event.waitUntil(show(note))
})
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(String(event.notification.data)))
})
