import * as z from 'zod'
import { OrderContext } from './context-order.ts'
import { PostContext } from './context-post.ts'
import { ProductContext } from './context-product.ts'
import { section } from './field.ts'

export const Contexts = section(
  z.strictObject({ post: PostContext, order: OrderContext, product: ProductContext }).prefault({}),
  { label: 'Contexts', help: 'What people can chat about. Switching one off stops new chats; old ones stay readable.' },
)
