import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ELEMENTS } from '../../types/elements.ts'
import { manifestText } from '../../types/manifest.ts'
import { launchBrowser } from '../support/browser.ts'
import { openShop, sample, tagFor } from '../support/shop-pages.ts'

const root = resolve(import.meta.dirname, '../..')

// What the typings need of the two frameworks, so that the test needs neither.
const FRAMEWORKS = {
  'node_modules/react/package.json': '{ "name": "react", "types": "index.d.ts" }',
  'node_modules/react/index.d.ts': `
    export interface HTMLAttributes<T> { className?: string; title?: string; lang?: string; children?: unknown }
    export type DetailedHTMLProps<E, T> = E & { key?: string; ref?: (element: T | null) => void }
    export namespace JSX { interface IntrinsicElements { div: HTMLAttributes<HTMLDivElement> } type Element = object }`,
  'node_modules/react/jsx-runtime.d.ts': `
    import type { JSX as Own } from 'react'
    export namespace JSX { type IntrinsicElements = Own.IntrinsicElements; type Element = Own.Element }
    export function jsx(...values: unknown[]): Own.Element
    export function jsxs(...values: unknown[]): Own.Element`,
  'node_modules/vue/package.json': '{ "name": "vue", "types": "index.d.ts" }',
  'node_modules/vue/index.d.ts':
    'export interface GlobalComponents {}\nexport type DefineComponent<P> = new () => { $props: P }',
}

const USES = {
  'plain.ts': `/// <reference path="./types/shopbell.d.ts" />
    import type { ShopbellEvents } from './types/shopbell.js'
    shopbell('open')
    shopbell.startChat({ type: 'order', id: '1500', seller: 'oak-works' })
    shopbell('identify', async () => null)
    shopbell.on('message:received', ({ detail }) => detail.message.body.toUpperCase())
    document.addEventListener('shopbell:unread', (event) => event.detail.count.toFixed())
    window.addEventListener('shopbell:identity', (event) => event.detail.user?.role)
    document.querySelector('shopbell-start-chat')!.label = 'Ask'
    document.createElement('shopbell-my-chats').context = 'order'
    const never: ShopbellEvents['close'] = null
    export { never }`,
  'react.tsx': `import './types/react.js'
    export const page = (
      <div className="page">
        <shopbell-start-chat context="product" context-id="310" price="£50" ref={(element) => element?.focus()} />
        <shopbell-my-chats context="order" />
      </div>
    )`,
  'vue.ts': `import './types/vue.js'
    import type { GlobalComponents } from 'vue'
    type Props = InstanceType<GlobalComponents['shopbell-start-chat']>['$props']
    export const props: Props = { context: 'order', 'context-id': '1500', label: 'Ask' }`,
}

const WRONG = {
  'verb.ts': "import './types/shopbell.js'\nshopbell('dance')",
  'about.ts': "import './types/shopbell.js'\nshopbell.startChat({ type: 'lamp', id: '1' })",
  'event.ts': "import './types/shopbell.js'\nshopbell.on('unread', ({ detail }) => detail.message)",
  'attribute.tsx': `import './types/react.js'\nexport const page = <shopbell-start-chat context="lamp" />`,
}

/** The files as a project of their own; answers what the compiler says. */
async function compile(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shopbell-types-'))
  const compilerOptions = {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: [],
  }
  try {
    await cp(join(root, 'types'), join(folder, 'types'), {
      recursive: true,
      filter: (path) => !/(elements|manifest)\.ts$/.test(path),
    })
    const all = {
      ...FRAMEWORKS,
      ...files,
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts', '*.tsx'] }),
    }
    for (const [name, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    return await new Promise((done) =>
      execFile(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], (_, out, wrong) =>
        done((out + wrong).trim()),
      ),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('The typings', () => {
  it('let a shop write what works, in plain TypeScript, React and Vue', async () => {
    expect(await compile(USES)).toBe('')
  })

  it.each(Object.entries(WRONG))('refuse what does not (%s)', async (name, text) => {
    expect(await compile({ [name]: text })).toContain(`${name}(`)
  })

  it('name exactly the attributes of the table', async () => {
    const checks = ELEMENTS.map(({ class: name, attributes }) => {
      const type = `Shopbell${name}Attributes`
      const table = attributes.map((one) => `'${one.name}': ${one.values}`).join('; ')
      return `import type { ${type} } from './types/shopbell.js'
        export const a${name}: { [K in keyof Required<${type}>]: Required<${type}>[K] } = {} as { ${table} }
        export const b${name}: { ${table} } = {} as Required<${type}>`
    })
    expect(await compile({ 'table.ts': checks.join('\n') })).toBe('')
  })

  it('come with a manifest that is fresh: else `node types/manifest.ts`', async () => {
    expect(await readFile(join(root, 'types/custom-elements.json'), 'utf8')).toBe(manifestText())
    const { schemaVersion, modules } = JSON.parse(manifestText())
    expect(schemaVersion).toBe('2.1.0')
    expect(modules.map((one: any) => one.declarations[0].tagName)).toEqual(ELEMENTS.map(({ tag }) => tag))
  })
})

describe('The table of elements', () => {
  let browser: Browser
  let page: Page
  let shop: Awaited<ReturnType<typeof openShop>>
  beforeAll(async () => {
    browser = await launchBrowser()
    shop = await openShop()
    page = await browser.newPage()
    const own = '<shopbell-my-chats></shopbell-my-chats><shopbell-start-chat variant="floating"></shopbell-start-chat>'
    const html = (await sample('json-ld-product.constructed.html')).replace(
      '</body>',
      `${own}${tagFor(shop.base)}</body>`,
    )
    await page.goto(shop.put('/page', html))
    await page.waitForFunction(
      () =>
        customElements.get('shopbell-my-chats') &&
        (document.querySelector('[variant=floating]')?.shadowRoot?.adoptedStyleSheets.length ?? 0) > 1,
    )
  })
  afterAll(async () => {
    await browser.close()
    await shop.close()
  })

  it.each(ELEMENTS)('says of $tag what the element is', async ({ tag, attributes, properties, parts, styles }) => {
    const real = await page.evaluate((name) => {
      const Class = customElements.get(name) as unknown as { observedAttributes: string[]; prototype: object }
      const element = document.querySelector(name) as HTMLElement
      const root = element.shadowRoot as ShadowRoot
      const all = [...document.querySelectorAll(name)].map(({ shadowRoot }) => shadowRoot as ShadowRoot)
      const sheets = all
        .flatMap(({ adoptedStyleSheets }) => adoptedStyleSheets)
        .flatMap((sheet) => [...sheet.cssRules])
        .map(({ cssText }) => cssText)
      return {
        observed: Class.observedAttributes,
        fields: Object.getOwnPropertyNames(Class.prototype),
        parts: [...root.querySelectorAll('[part]')].map((part) => part.getAttribute('part')),
        css: sheets.join('\n'),
      }
    }, tag)
    const named = attributes.map(({ name }) => name)
    // State that no attribute sets is not observed; everything else must be in the table.
    expect(named).toEqual(expect.arrayContaining(real.observed))
    expect(real.fields).toEqual(expect.arrayContaining(properties))
    expect([...new Set(real.parts)]).toEqual(parts.map(({ name }) => name))
    for (const { name } of styles) expect(real.css).toContain(`var(${name}`)
  })

  it('takes the accent of the shop’s own style sheet before that of the settings', async () => {
    const colour = () =>
      page.evaluate(() => {
        const button = document.querySelector('[variant=floating]')?.shadowRoot?.querySelector('button') as Element
        return getComputedStyle(button).backgroundColor
      })
    const before = await colour()
    await page.addStyleTag({ content: ':root { --shopbell-brand: #a1005b }' })
    expect([before, await colour()]).toEqual(['rgb(11, 101, 95)', 'rgb(161, 0, 91)'])
  })

  it('takes its context as a property, as React and Vue set it, before and after the element is known', async () => {
    const seen = await page.evaluate(async () => {
      const known = document.createElement('shopbell-start-chat') as any
      known.context = 'order'
      // As a framework leaves it that was there before our script.
      const early = document.createElement('shopbell-start-chat') as any
      Object.defineProperty(early, 'context', { value: 'post', writable: true, configurable: true, enumerable: true })
      document.body.append(known, early)
      const all = [known, early].map((one) => [one.context, one.getAttribute('context')])
      for (const one of [known, early]) one.remove()
      return all
    })
    expect(seen).toEqual([
      ['order', 'order'],
      ['post', 'post'],
    ])
  })

  it('has every attribute that the button reads', async () => {
    const source = await readFile(join(root, 'widgets/loader/read-claim.ts'), 'utf8')
    const facts = ELEMENTS[0]?.attributes.map(({ name }) => name) ?? []
    for (const name of ['context', 'context-id', ...((/KEYS = \[(.*)\]/.exec(source)?.[1] ?? '').match(/\w+/g) ?? [])])
      expect(facts).toContain(name)
    const html =
      '<shopbell-start-chat context="post" context-id="7" title="T" price="1" url="/u" picture="/p"></shopbell-start-chat>'
    await page.evaluate((text) => document.body.insertAdjacentHTML('beforeend', text), html)
    await page.locator('shopbell-start-chat[context-id="7"]').evaluate((one: HTMLElement) => {
      one.hidden = false
      one.shadowRoot?.querySelector('button')?.click()
    })
    await expect
      .poll(() => page.evaluate(() => (document.querySelector('shopbell-panel') as any)?.about))
      .toEqual({ type: 'post', id: '7', title: 'T', price: '1', url: `${shop.origin}/u`, picture: `${shop.origin}/p` })
  })
})
