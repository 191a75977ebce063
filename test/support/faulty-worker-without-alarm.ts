// The control: what the alarm mends stays broken without it.
import { ChatRoom as Faulty } from './faulty-worker.ts'

export { default, Inbox, Mailer } from './faulty-worker.ts'

export class ChatRoom extends Faulty {
  override async alarm(): Promise<void> {
    await Promise.resolve()
  }
}
