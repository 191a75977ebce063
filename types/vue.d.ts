import type { DefineComponent } from 'vue'
import type { ShopbellMyChatsAttributes, ShopbellStartChatAttributes } from './shopbell.js'

// For templates. The compiler must know the elements too: `isCustomElement: (tag) => tag.startsWith('shopbell-')`.
declare module 'vue' {
  interface GlobalComponents {
    'shopbell-start-chat': DefineComponent<ShopbellStartChatAttributes>
    'shopbell-my-chats': DefineComponent<ShopbellMyChatsAttributes>
  }
}
