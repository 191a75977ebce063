/** What a chat is about, as the page claims it. The server trusts the id only as far as it knows the thing. */
export interface About {
  type: 'product' | 'order' | 'post'
  id: string
  title?: string
  picture?: string
  url?: string
  /** As the page shows it, currency included. */
  price?: string
}

/** What one source says of a thing; the next source fills what is missing. */
export type Claim = { [Key in 'title' | 'picture' | 'url' | 'price']?: string | undefined }
