// Old syntax on purpose: any Node since 12 must get as far as the message.

/** Ends the program, in plain words, where Node is too old to go on. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  console.error(`\nShopbell needs Node 20 or newer; this is Node ${process.versions.node}.`)
  console.error('Get a newer one from https://nodejs.org and try again.\n')
  process.exit(1)
}
