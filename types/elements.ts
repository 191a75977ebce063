/** What a shop's developer may rely on of an element. `custom-elements.json` and the table in the docs come from it. */
export interface ElementFacts {
  tag: string
  class: string
  /** What the class extends. */
  superclass: { name: string; package?: string }
  module: string
  says: string
  attributes: { name: string; values: string; says: string }[]
  /** Properties that follow an attribute of the same name. */
  properties: string[]
  parts: { name: string; says: string }[]
  styles: { name: string; says: string }[]
}

const lang = { name: 'lang', values: 'string', says: 'Language of its words; else that of the page, else of the site.' }
const theme = { name: 'theme', values: '"light" | "dark" | "auto"', says: 'Colours; else the site’s, else the page’s.' }
const brand = { name: '--shopbell-brand', says: 'The accent; else that of the site’s settings.' }

export const ELEMENTS: ElementFacts[] = [
  {
    tag: 'shopbell-start-chat',
    class: 'StartChat',
    superclass: { name: 'HTMLElement' },
    module: 'widgets/start-chat/start-chat.ts',
    says: 'The button that starts a chat about a thing, or goes on with the one that exists.',
    attributes: [
      { name: 'context', values: '"product" | "order" | "post"', says: 'Kind of the thing; `product` if left out.' },
      { name: 'context-id', values: 'string', says: 'Your shop’s id of the thing; without it the page’s own.' },
      { name: 'title', values: 'string', says: 'Title of the thing, shown until your catalog knows it.' },
      { name: 'picture', values: 'string', says: 'Address of its picture, http(s).' },
      { name: 'url', values: 'string', says: 'Address of its page, http(s).' },
      { name: 'price', values: 'string', says: 'Its price as a shopper reads it.' },
      { name: 'label', values: 'string', says: 'Text on the button; else the site’s setting.' },
      { name: 'seller', values: 'string', says: 'Id of the seller’s desk, where a thing has several.' },
      { name: 'variant', values: '"inline" | "floating"', says: '`floating` stands in the corner and opens the list.' },
      lang,
      theme,
    ],
    properties: ['label', 'variant', 'context'],
    parts: [{ name: 'button', says: 'The button itself.' }],
    styles: [
      { name: '--shopbell-radius', says: 'Corners of the button.' },
      { name: '--shopbell-height', says: 'Least height of the button; never below 44 px.' },
      { name: '--shopbell-layer', says: '`z-index` of the floating button.' },
      brand,
    ],
  },
  {
    tag: 'shopbell-my-chats',
    class: 'MyChats',
    superclass: { name: 'LitElement', package: 'lit' },
    module: 'widgets/my-chats/my-chats.ts',
    says: 'A person’s chats: the list, and the one that is read. Two panes from 720 px of its own width, else one.',
    attributes: [
      {
        name: 'context',
        values: '"product" | "order" | "post" | "unread" | "all"',
        says: 'Shows one kind only.',
      },
      lang,
      theme,
    ],
    properties: ['context', 'lang'],
    parts: [],
    styles: [brand],
  },
]
