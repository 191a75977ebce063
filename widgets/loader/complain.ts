/** One line to the shop's developer; an error is never thrown into the shop's page. */
export function complain(what: unknown, how: 'error' | 'warn' = 'error') {
  // biome-ignore lint/suspicious/noConsole: the console is where the shop's developer looks
  console[how](`Shopbell: ${what}`)
}
