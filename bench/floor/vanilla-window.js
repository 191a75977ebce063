// The floor of the log: the last 60 messages as the very elements and styles that `<shopbell-log>` shows (the benchmark
// counts both), made by hand with nothing to compare, keep or schedule. An append adds one bubble and drops the oldest row.
const MOST = 60
const PAUSE_MS = 5 * 60_000
const CHECK = 'm4 10.5 4 4 8-9'
const CHECKS = 'm2 10.5 3.3 3.5 7-8M9.5 12.8l1.2 1.2 7-8'
const time = new Intl.DateTimeFormat('en', { timeStyle: 'short' })
const full = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' })
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

function make(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

function icon(path, name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', `i i-s i-${name}`)
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

function linked(text) {
  return text.split(/(\bhttps?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?])/).map((piece, i) => {
    if (i % 2 === 0) return piece
    return make('a', { href: piece, target: '_blank', rel: 'noopener nofollow ugc' }, piece)
  })
}

class VanillaWindow extends HTMLElement {
  static css = new CSSStyleSheet()
  peer = ''
  side = 'customer'
  peerReadSeq = 0
  #messages = []
  #last
  #run

  set messages(messages) {
    this.#messages = messages
    this.#log.replaceChildren()
    this.#last = undefined
    const from = Math.max(0, messages.length - MOST)
    this.#last = messages[from - 1]
    for (const message of messages.slice(from)) this.#add(message)
  }

  append(message) {
    this.#messages.push(message)
    this.#add(message)
    const oldest = this.#log.querySelector('.bubble')
    const run = oldest.closest('.run')
    oldest.remove()
    if (!run.querySelector('.bubble')) run.remove()
    this.#log.parentElement.scrollTo(0, 0)
  }

  connectedCallback() {
    if (this.shadowRoot) return
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [VanillaWindow.css]
    root.append(
      make(
        'div',
        { class: 'scroll', role: 'log', 'aria-label': 'Messages', tabindex: '0' },
        make('div', { class: 'log' }),
      ),
    )
  }

  get #log() {
    return this.shadowRoot.querySelector('.log')
  }

  #add(message) {
    const before = this.#last
    const mine = message.side === this.side
    const newDay = !before || new Date(before.at).toDateString() !== new Date(message.at).toDateString()
    if (newDay) this.#log.append(make('p', { class: 'quiet day' }, day.format(message.at)))
    const goesOn = !newDay && before.author === message.author && message.at - before.at < PAUSE_MS
    if (!goesOn || !this.#run) this.#begin(mine)
    const text = make('p', { dir: 'auto' }, ...linked(message.body))
    const bubble = make('div', { class: 'bubble', title: full.format(message.at) }, text)
    this.#run.querySelector('.stack').insertBefore(bubble, this.#run.querySelector('.avatar'))
    this.#run.querySelector('.meta').replaceChildren(...this.#meta(message, mine))
    this.#last = message
  }

  #begin(mine) {
    const face = mine
      ? []
      : [make('span', { class: 'avatar', 'aria-hidden': 'true' }, this.peer.slice(0, 2).toUpperCase())]
    const [stack, meta] = [make('div', { class: 'stack' }, ...face), make('p', { class: 'meta' })]
    this.#run = make('div', { class: mine ? 'run mine' : 'run' }, stack, meta)
    this.#log.append(this.#run)
  }

  #meta({ seq, at }, mine) {
    if (!mine) return [`${this.peer} · ${time.format(at)}`]
    const read = seq <= this.peerReadSeq
    const word = make('span', { class: 'sr' }, read ? 'Read' : 'Sent')
    return [time.format(at), icon(read ? CHECKS : CHECK, read ? 'checks' : 'check'), word]
  }
}

customElements.define('vanilla-window', VanillaWindow)
