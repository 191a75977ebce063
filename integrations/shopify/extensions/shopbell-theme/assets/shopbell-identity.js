// Liquid signs when it makes the page, and what it signs is good for ten minutes. Whoever presses the button later gets a
// new one, out of the page made anew.
;(() => {
  const { shopbellAssertion, shopbellExpires } = document.currentScript.dataset
  let held = { assertion: shopbellAssertion, expires: Number(shopbellExpires) }

  async function identity() {
    if (held.expires * 1000 > Date.now() + 30_000) return held.assertion
    const page = await (await fetch(location.href, { cache: 'no-store' })).text()
    const [, expires, assertion] = /data-shopbell-expires="(\d+)" data-shopbell-assertion="([\w.=-]+)"/.exec(page) ?? []
    // Without one the customer has signed out.
    if (!assertion) return null
    held = { assertion, expires: Number(expires) }
    return assertion
  }

  // The loader may come before this or after it; calls wait for it in `q`.
  const stub = (...call) => {
    stub.q = [...(stub.q ?? []), call]
  }
  window.shopbell ??= stub
  window.shopbell('identify', identity)
})()
