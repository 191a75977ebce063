/** In our own inbox people sign in and out by themselves, and the service worker is ours; in a shop’s page neither is so. */
export const isHostedInbox = (base: string): boolean => base === location.origin && location.pathname === '/inbox'
