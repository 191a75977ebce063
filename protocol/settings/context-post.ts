import * as z from 'zod'
import { field, section } from './field.ts'
import { PageUrl } from './page-url.ts'

export const PostContext = section(
  z
    .strictObject({
      enabled: field(z.boolean().default(false), {
        label: 'Enable context',
        help: 'Lets readers write to the author of an article. Off at first: a button under every article is yours to decide.',
        control: 'toggle',
      }),
      pageUrl: field(PageUrl, {
        label: 'Page URL',
        help: 'The page that shows My Chats for articles, opened after a chat is started. Left empty, it is the chats page.',
        control: 'url',
        shownWhen: { 'contexts.post.enabled': true },
      }),
    })
    .prefault({}),
  { label: 'Post', help: 'Chats about articles and other posts.' },
)
