// The product's worker with faults put in: a message that says so kills its room after the commit, before anybody heard.
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
  override async append(row: Parameters<RealRoom['append']>[0]): ReturnType<RealRoom['append']> {
    const done = await super.append(row)
    if (row.body.startsWith(DEADLY)) this.ctx.abort('killed between commit and fan-out')
    return done
  }
}
