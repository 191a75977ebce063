import * as z from 'zod'
import { Label, routingFields } from './context-fields.ts'
import { field, section } from './field.ts'

const on = { 'contexts.product.enabled': true }
const placed = ['before_summary', 'summary', 'after_summary']

export const ProductContext = section(
  z
    .strictObject({
      enabled: field(z.boolean().default(true), {
        label: 'Enable context',
        help: 'Lets shoppers write to the seller of a product from the product’s page.',
        control: 'toggle',
      }),
      ...routingFields('product', 'Product chats'),
      buttonPosition: field(z.enum(['manual', 'before_summary', 'summary', 'after_summary']).default('summary'), {
        label: 'Button position',
        help: 'Where the button stands on the product’s page. By hand: you place <shopbell-start-chat> yourself.',
        control: 'select',
        options: {
          manual: 'By hand, with the widget or block',
          before_summary: 'Before the summary (woocommerce_before_single_product_summary)',
          summary: 'In the summary (woocommerce_single_product_summary)',
          after_summary: 'After the summary (woocommerce_after_single_product_summary)',
        },
        shownWhen: on,
      }),
      buttonSelector: field(
        z
          .string()
          .trim()
          .max(200)
          .regex(/^[^\p{C}<{}]*$/u, 'must be a CSS selector')
          .default(''),
        {
          label: 'Button selector',
          help: 'For a theme of your own: a CSS selector; the button goes right after the first element it finds. Left empty, the position above decides.',
          control: 'text',
          shownWhen: { ...on, 'contexts.product.buttonPosition': placed },
        },
      ),
      buttonLabel: field(Label.default('Ask about this product'), {
        label: 'Button label',
        help: 'The text on the button.',
        control: 'text',
        shownWhen: on,
      }),
    })
    .prefault({}),
  { label: 'Products', help: 'Chats between a shopper and the seller of a product.' },
)
