import { bar } from './bar.ts'
import { dawn } from './dawn.ts'
import { northfold } from './northfold.ts'
import { storefront } from './storefront.ts'

/** Every stylesheet of the demo by its name. Strings, so that the Worker needs no rule of its own to bundle them. */
export const STYLES = new Map(Object.entries({ bar, northfold, storefront, dawn }))
