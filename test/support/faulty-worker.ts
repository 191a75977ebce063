// The product's worker with faults put in: a message that says so kills its room after the commit, before anybody heard;
// where a chat is closed, what the database answers to the commit is lost.
import type { Env } from '../../worker/env.ts'
import { ChatRoom as RealRoom } from '../../worker/rooms/chat-room.ts'
import { Inbox as RealInbox } from '../../worker/rooms/inbox.ts'

export { default, Mailer } from '../../worker/index.ts'

const DEADLY = 'kill the room'

export class Inbox extends RealInbox {
  override deliver(frames: readonly string[]): Promise<void> {
    return super.deliver(frames.filter((frame) => !frame.includes(DEADLY)))
  }
}

export class ChatRoom extends RealRoom {
  #loses = false

  constructor(ctx: DurableObjectState, env: Env) {
    const batch = async <T>(statements: D1PreparedStatement[]) => {
      const results = await env.DB.batch<T>(statements)
      if (this.#loses) throw new Error('the answer was lost')
      return results
    }
    const DB = { prepare: (sql: string) => env.DB.prepare(sql), batch } as D1Database
    super(ctx, { ...env, DB })
  }

  override async changeState(...change: Parameters<RealRoom['changeState']>): ReturnType<RealRoom['changeState']> {
    this.#loses = true
    try {
      return await super.changeState(...change)
    } finally {
      this.#loses = false
    }
  }

  override async append(row: Parameters<RealRoom['append']>[0]): ReturnType<RealRoom['append']> {
    const done = await super.append(row)
    if (row.body.startsWith(DEADLY)) this.ctx.abort('killed between commit and fan-out')
    return done
  }
}
