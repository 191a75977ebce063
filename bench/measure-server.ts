import { deliveryLatency } from './delivery-latency.ts'
import type { Figure } from './figure.ts'
import { files } from './files.ts'
import { hookAnswer } from './hooks.ts'
import { markdown } from './markdown.ts'
import { rowsWritten } from './rows-written.ts'
import { sendThroughput } from './send-throughput.ts'
import { startFloor, startProduct } from './two-workers.ts'

const ROOMS = 50

/** Everything about the worker; product and floor run side by side, as deployed. */
export async function measureServer(): Promise<Figure[]> {
  const floor = await startFloor()
  const product = await startProduct(ROOMS)
  try {
    // Rows first: the chat it writes to has no message yet.
    const rows = await rowsWritten(product)
    const sends = await sendThroughput(product, floor)
    const latency = await deliveryLatency(product, floor)
    return [
      ...sends,
      ...rows,
      ...latency,
      ...(await hookAnswer(product)),
      ...(await files(product, floor)),
      ...markdown(),
    ]
  } finally {
    await product.stop()
    await floor.stop()
  }
}
