import * as z from 'zod'
import { MAX_MESSAGE_CHARS } from '../bounds.ts'
import { Label, routingFields } from './context-fields.ts'
import { field, section } from './field.ts'
import { template } from './template.ts'

export const STARTER_TOKENS = [
  'customer_name',
  'seller_name',
  'order_id',
  'order_details',
  'order_date',
  'order_total',
  'order_view_url',
  'seller_item_count',
] as const

const STARTER = `Hello {{customer_name}}, thank you for your order {{order_id}}.

{{order_details}}

If anything is unclear, just write here.`

const on = { 'contexts.order.enabled': true }
const withButton = { ...on, 'contexts.order.button': true }

export const OrderContext = section(
  z
    .strictObject({
      enabled: field(z.boolean().default(false), {
        label: 'Enable context',
        help: 'Lets a customer and a seller talk about an order. Off at first, because your shop must first tell us about its orders.',
        control: 'toggle',
      }),
      createAutomatically: field(z.boolean().default(true), {
        label: 'Create a chat for every new order',
        help: 'Each new order gets its chat with the starter message by itself, whether or not the button is shown.',
        control: 'toggle',
        shownWhen: on,
      }),
      ...routingFields('order', 'Order chats'),
      starterMessage: field(
        template(z.string().trim().min(1).max(MAX_MESSAGE_CHARS), STARTER_TOKENS).default(STARTER),
        {
          label: 'Starter message',
          help: 'The first message of an order’s chat. Tokens are filled in from the order.',
          control: 'textarea',
          tokens: STARTER_TOKENS,
          shownWhen: on,
        },
      ),
      button: field(z.boolean().default(true), {
        label: 'Add “Chat About This Order” button to order details page',
        help: 'Without the button nobody can start a chat about an order; those made for new orders still come.',
        control: 'toggle',
        shownWhen: on,
      }),
      buttonPosition: field(z.enum(['after_order_table', 'view_order']).default('after_order_table'), {
        label: 'Button position',
        help: 'Where the button stands on the order’s page.',
        control: 'select',
        options: {
          after_order_table: 'After the order table (woocommerce_order_details_after_order_table)',
          view_order: 'In the order view (woocommerce_view_order)',
        },
        shownWhen: withButton,
      }),
      buttonLabel: field(Label.default('Chat about this order'), {
        label: 'Button label',
        help: 'The text on the button.',
        control: 'text',
        shownWhen: withButton,
      }),
    })
    .prefault({}),
  { label: 'Orders', help: 'Chats between a customer and the seller of an order.' },
)
