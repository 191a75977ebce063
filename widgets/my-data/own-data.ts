import type { OwnData } from '../../protocol/privacy.ts'
import type { ApiError } from '../client/api.ts'
import type { ChatStore } from '../client/store.ts'
import { download } from './download.ts'
import { forgetHere } from './forget-here.ts'
import type { MyDataTexts } from './words/en.ts'
import { filled } from './words/words.ts'

/** The server asks for an hour's patience only of who has had enough copies. */
const LONG_MS = 3_600_000

export type Act = 'load' | 'code' | 'copy' | 'erase'

/** What somebody may ask about their own data, the orders for it, and what became of the last one. */
export class MyOwnData {
  data: OwnData | null = null
  /** Told beside the order that it is of. */
  note: { of: Act; text: string; bad: boolean } | null = null
  busy: Act | null = null
  /** What is typed of the mailed code; null until one was asked for. */
  code: string | null = null
  /** `sure`: asked whether they mean it. `over`: they are erased. */
  step: 'offer' | 'sure' | 'over' = 'offer'
  readonly #store: ChatStore
  readonly #texts: MyDataTexts
  readonly #changed: () => void

  constructor(store: ChatStore, texts: MyDataTexts, changed: () => void) {
    this.#store = store
    this.#texts = texts
    this.#changed = changed
  }

  /** A guest with an address has to show that it is theirs. */
  get proven(): boolean {
    return !this.data?.proof || /^\d{6}$/.test(this.code ?? '')
  }

  /** An erasure that was asked for and is not over. */
  get erasureIsOpen(): boolean {
    const open = ['waiting', 'held', 'running']
    return !!this.data?.requests.some(({ kind, state }) => kind === 'erase' && open.includes(state))
  }

  load = () =>
    this.#run('load', async () => {
      await this.#read()
      return ''
    })

  mail = () =>
    this.#run('code', async () => {
      await this.#store.call('POST', '/me/data/code')
      this.code = ''
      return this.#texts.mailed
    })

  copy = () =>
    this.#run('copy', async () => {
      const told = (part: number, parts: number) => {
        const text = filled(this.#texts.part, { part: `${part}`, parts: `${parts}` })
        this.#tell('copy', text)
      }
      await download(this.#store, { code: this.code ?? undefined, told })
      await this.#read()
      return this.#texts.downloaded
    })

  /** `typed`: the word that says they mean it. */
  async erase(typed: string): Promise<void> {
    const { word, confirmWrong } = this.#texts
    if (plain(typed) !== plain(word)) return this.#tell('erase', filled(confirmWrong, { word }), true)
    await this.#run('erase', async () => {
      await this.#store.call('POST', '/me/data/erase', { confirm: 'erase', ...(this.code && { code: this.code }) })
      if (this.data?.erase === 'at_once') {
        this.step = 'over'
        await forgetHere(this.#store, true)
        return ''
      }
      this.step = 'offer'
      await this.#read()
      return this.#texts.asked
    })
  }

  go(step: 'offer' | 'sure') {
    this.step = step
    this.note = null
    this.#changed()
  }

  type(code: string) {
    this.code = code.replace(/\s/g, '')
    this.#changed()
  }

  async #read(): Promise<void> {
    this.data = await this.#store.call<OwnData>('GET', '/me/data')
  }

  /** One order at a time; what it answers is told, a refusal in words. */
  async #run(of: Act, order: () => Promise<string>): Promise<void> {
    if (this.busy) return
    this.busy = of
    this.note = null
    this.#changed()
    try {
      const text = await order()
      if (text) this.#tell(of, text)
    } catch (error) {
      const refusal = error as Partial<ApiError>
      // A code that is wrong is told where it is typed.
      this.#tell(refusal.code === 'code_invalid' ? 'code' : of, this.#why(refusal), true)
    }
    this.busy = null
    this.#changed()
  }

  #tell(of: Act, text: string, bad = false) {
    this.note = { of, text, bad }
    this.#changed()
  }

  #why({ code, retryAfterMs = 0 }: Partial<ApiError>): string {
    const texts = this.#texts
    if (code === 'unavailable' && retryAfterMs >= LONG_MS) return texts.enough
    const own = code === 'code_invalid' || code === 'person_is_staff' || code === 'privacy_off' || code === 'offline'
    return own ? texts[code] : texts.failed
  }
}

/** As somebody types it, or copies it with what isolates it. */
const plain = (text: string) =>
  text
    .replace(/[\u2066-\u2069]/g, '')
    .trim()
    .normalize('NFC')
    .toLowerCase()
