import { HttpUrl } from '../text.ts'
import { orNone } from './or-none.ts'

/** The address of a page of the shop; an emptied field means none. */
export const PageUrl = orNone(HttpUrl)
