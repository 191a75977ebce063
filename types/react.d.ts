import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type {
  ShopbellMyChatsAttributes,
  ShopbellMyChatsElement,
  ShopbellStartChatAttributes,
  ShopbellStartChatElement,
} from './shopbell.js'

type Props<Element, Attributes> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Attributes> &
  Attributes

// React 19 keeps the JSX namespace in its own module.
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'shopbell-start-chat': Props<ShopbellStartChatElement, ShopbellStartChatAttributes>
      'shopbell-my-chats': Props<ShopbellMyChatsElement, ShopbellMyChatsAttributes>
    }
  }
}
