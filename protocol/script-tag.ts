/** The one line of a shop's pages. `identity`: where the shop's server says who is signed in; guests need none. */
export const scriptTag = (url: string, site: string, identity?: string) =>
  `<script src="${url}/shopbell.js" data-site="${site}"${identity ? ` data-identity="${identity}"` : ''} async></script>`
