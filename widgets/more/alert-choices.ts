/** How somebody wants to be told of messages in this browser; nothing until they say so. */
export interface AlertChoices {
  notify?: boolean
  words?: boolean
  sound?: boolean
}

const key = (site: string) => `shopbell:alerts:${site}`
// Where storage is blocked, for as long as the page lives.
let held: AlertChoices = {}

export function alertChoices(site: string): AlertChoices {
  try {
    return JSON.parse(localStorage.getItem(key(site)) ?? '{}')
  } catch {
    return held
  }
}

export function chooseAlerts(site: string, choices: AlertChoices) {
  held = choices
  try {
    localStorage.setItem(key(site), JSON.stringify(choices))
  } catch {
    // Held above.
  }
}
