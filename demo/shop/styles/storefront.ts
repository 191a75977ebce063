/** A stylesheet after the Storefront theme's looks: grey text, purple links, a floated gallery. */
export const storefront = /* css */ `
:root { color-scheme: light dark; --body: light-dark(#fff, #1b1a1e); --text: light-dark(#6d6d6d, #b9b6bd); --strong: light-dark(#333, #eceaef); --link: light-dark(#7f54b3, #b795e0); --soft: light-dark(#f8f8f8, #232127); --line: light-dark(#e6e6e6, #35323a); --alt: light-dark(#333, #eceaef); --on-alt: light-dark(#fff, #1b1a1e); --field: light-dark(#f2f2f2, #2b2930); --ok: light-dark(#0f834d, #2a9763); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--body); color: var(--text); font: 400 16px/1.618 "Source Sans Pro", "Source Sans 3", HelveticaNeue-Light, "Helvetica Neue", Helvetica, Arial, sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1, h2 { margin: 0 0 .5407911001em; color: var(--strong); font-weight: 300; line-height: 1.214; letter-spacing: -.02em; }
p { margin: 0 0 1.41575em; }
img { max-width: 100%; height: auto; border-radius: 3px; }
.screen-reader-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.col-full { max-width: 66.4989378333em; margin: 0 auto; padding: 0 2.617924em; }
.site-content .col-full::after, .product::after { content: ""; display: table; clear: both; }

.site-header { padding: 1.618em 0; border-bottom: 1px solid var(--line); background: var(--body); }
.site-header .col-full { display: flex; align-items: baseline; justify-content: space-between; gap: 24px; }
.site-title a { color: var(--strong); font-size: 1.75em; font-weight: 700; letter-spacing: -.02em; line-height: 1; }
.site-description { margin: 4px 0 0; font-size: .875em; }
.main-navigation ul { display: flex; gap: 1.618em; margin: 0; padding: 0; list-style: none; }
.main-navigation a { display: inline-flex; align-items: center; min-height: 44px; color: var(--strong); }
.woocommerce-breadcrumb { padding: 1.41575em 0; font-size: .875em; }
.woocommerce-message { margin-bottom: 2em; padding: 1em 1.618em; border-left: .6180469716em solid rgb(0 0 0 / .15); border-radius: 2px; background: var(--ok); color: #fff; }

.woocommerce-product-gallery { float: left; width: 41.1764705882%; margin: 0 5.8823529412% 3.706em 0; }
.woocommerce-product-gallery img { display: block; width: 100%; }
.summary { float: left; width: 52.9411764706%; margin-bottom: 3.706em; }
.product_title { font-size: 2.6179em; }
.summary .price { margin-bottom: .75em; font-size: 1.41575em; color: var(--strong); }
.stock.in-stock { margin-bottom: 1em; color: var(--ok); font-size: .95em; }
form.cart { display: flex; gap: .875em; padding: 1em 0; }
.quantity .qty { width: 4.706em; height: 100%; padding: .6180469716em; border: 0; background: var(--field); color: var(--strong); font: inherit; text-align: center; box-shadow: inset 0 1px 1px rgb(0 0 0 / .125); }
.button { display: inline-block; padding: .6180469716em 1.41575em; border: 0; border-radius: 0; background: light-dark(#eee, #35323a); color: var(--strong); font: 600 1em/1.618 inherit; font-family: inherit; cursor: pointer; }
.button:hover { opacity: .9; text-decoration: none; }
.button.alt { background: var(--alt); color: var(--on-alt); }
.product_meta { margin-top: 1em; padding: 1em 0; border-top: 1px solid var(--line); font-size: .875em; }
.product_meta > span { display: block; }
.woocommerce-tabs { clear: both; display: grid; grid-template-columns: 30% 1fr; gap: 0 5.8823529412%; padding: 2em 0; border-top: 1px solid var(--line); }
.woocommerce-tabs ul.tabs { margin: 0; padding: 0; list-style: none; }
.woocommerce-tabs ul.tabs a { display: block; padding: 1em 0; color: var(--strong); font-weight: 600; }
.woocommerce-tabs h2, .related > h2 { font-size: 1.618em; }
.shop_attributes { width: 100%; border-spacing: 0; font-size: .95em; }
.shop_attributes th, .shop_attributes td { padding: .7em 1em; text-align: left; font-weight: 400; }
.shop_attributes th { width: 30%; color: var(--strong); font-weight: 600; }
.shop_attributes tr:nth-child(odd) { background: var(--soft); }
.related { padding: 2em 0 3em; border-top: 1px solid var(--line); }
ul.products { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 2em; margin: 0; padding: 0; list-style: none; text-align: center; }
.woocommerce-loop-product__title { margin: .8em 0 .2em; font-size: 1em; font-weight: 400; }
ul.products .price { display: block; margin-bottom: 1em; color: var(--text); }
.site-footer { padding: 2em 0; background: var(--soft); font-size: .875em; }

@media (max-width: 768px) {
  .col-full { padding: 0 1.41575em; }
  .site-header { padding: 1em 0; } .site-description { display: none; } .main-navigation ul { gap: 1em; }
  .woocommerce-product-gallery, .summary { float: none; width: 100%; margin: 0 0 1.5em; }
  .product_title { font-size: 2em; }
  form.cart .button { flex: 1; }
  .woocommerce-tabs { display: block; padding: 1em 0; }
  ul.products { grid-template-columns: 1fr; }
}
`
