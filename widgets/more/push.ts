import type { PushState } from '../../protocol/reach.ts'
import type { ChatStore } from '../client/store.ts'

const WORKER = '/inbox-worker.js'

export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

declare global {
  interface Window {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): unknown }
    }
  }
}

/** The address of a script of ours, for pages that demand a policy for such. */
function trusted(address: string): string {
  const policy = window.trustedTypes?.createPolicy('shopbell-worker', { createScriptURL: (url) => url })
  return (policy?.createScriptURL(address) ?? address) as string
}

let registered: Promise<ServiceWorkerRegistration> | undefined
const register = () => (registered ??= navigator.serviceWorker.register(trusted(WORKER), { scope: '/inbox' }))

async function current(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration('/inbox')
  return (await worker?.pushManager.getSubscription()) ?? null
}

const path = (endpoint?: string) => `/push${endpoint ? `?endpoint=${encodeURIComponent(endpoint)}` : ''}`

/** Whether this browser rings for who is signed in here. */
export async function pushState(store: ChatStore): Promise<PushState> {
  return store.call<PushState>('GET', path((await current())?.endpoint))
}

/** To be called on a press, since it may ask for permission. False where the browser or the person says no. */
export async function ringHere(store: ChatStore, words: boolean, locale: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const { key } = await store.call<PushState>('GET', path())
  const { pushManager } = await ready(await register())
  const subscription = await subscribe(pushManager, key)
  const { endpoint, keys } = subscription.toJSON()
  await store.call('PUT', '/push', { endpoint, keys, words, locale })
  return true
}

/** A subscription made for an older key of the deployment makes room. */
async function subscribe(manager: PushManager, key: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: key }
  try {
    return await manager.subscribe(options)
  } catch (error) {
    const old = await manager.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    return manager.subscribe(options)
  }
}

/** A worker takes subscriptions once it is active. */
function ready(registration: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const coming = registration.installing ?? registration.waiting
  if (registration.active || !coming) return Promise.resolve(registration)
  return new Promise((resolve) => {
    coming.addEventListener('statechange', () => coming.state === 'activated' && resolve(registration))
  })
}

/** True: nobody needs to allow it. */
export async function ringNoMore(store: ChatStore): Promise<true> {
  const subscription = await current()
  if (subscription) {
    await store.call('DELETE', path(subscription.endpoint))
    await subscription.unsubscribe()
  }
  return true
}
