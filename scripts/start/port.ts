import { createServer } from 'node:net'

/** Throws words for a person where something listens on the port already. */
export async function requireFreePort(port: number) {
  for (const host of ['127.0.0.1', '::1']) {
    if ((await tryListen(port, host)) !== 'busy') continue
    const other = port === 65_535 ? port - 1 : port + 1
    throw new Error(
      `Port ${port} is busy: another \`npm start\` may still be running. Stop it, or choose another port:\n\n  npm start -- --port ${other}`,
    )
  }
}

function tryListen(port: number, host: string) {
  return new Promise<'free' | 'busy' | 'refused'>((resolve) => {
    const server = createServer()
    // A machine without IPv6 answers EADDRNOTAVAIL, which says nothing about the port.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' ? 'busy' : 'refused'))
    server.listen(port, host, () => server.close(() => resolve('free')))
  })
}
