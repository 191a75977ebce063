/** A stylesheet after the Dawn theme's looks: wide tracking, thin outlines, square corners. */
export const dawn = /* css */ `
:root { color-scheme: light dark; --fg: light-dark(18 18 18, 240 240 238); --bg: light-dark(#fff, #161616); --text: light-dark(rgb(18 18 18 / .75), rgb(240 240 238 / .78)); --strong: light-dark(#121212, #f0f0ee); --edge: light-dark(rgb(18 18 18 / .55), rgb(240 240 238 / .5)); --line: light-dark(rgb(18 18 18 / .08), rgb(240 240 238 / .12)); --bar: light-dark(#121212, #000); }
* { box-sizing: border-box; }
html { font-size: 62.5%; }
body { margin: 0; background: var(--bg); color: var(--text); font: 400 1.6rem/1.8 Assistant, "Avenir Next", Avenir, "Segoe UI", Roboto, "Noto Sans", sans-serif; letter-spacing: .06rem; }
h1, h2 { margin: 0; color: var(--strong); font-weight: 400; line-height: 1.3; letter-spacing: .06rem; }
p { margin: 0; }
a { color: inherit; text-underline-offset: .3rem; }
:focus-visible { outline: .2rem solid var(--edge); outline-offset: .3rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.visually-hidden:focus { width: auto; height: auto; clip-path: none; padding: 1rem; background: var(--bg); }
.page-width { max-width: 120rem; margin: 0 auto; padding: 0 5rem; }
.announcement-bar { padding: 1rem; background: var(--bar); color: #fff; text-align: center; }
.announcement-bar__message { font-size: 1.3rem; line-height: 1.4; }
.header-wrapper { border-bottom: .1rem solid var(--line); }
.header { display: flex; align-items: center; gap: 2.4rem; min-height: 7.2rem; }
.header__heading { font-size: 2.4rem; }
.header__heading a { text-decoration: none; }
.list-menu { display: flex; gap: 2.4rem; margin: 0; padding: 0; list-style: none; font-size: 1.4rem; }
.list-menu a { display: inline-flex; align-items: center; min-height: 4.4rem; text-decoration: none; }
.list-menu a:hover { text-decoration: underline; color: var(--strong); }

product-info { display: block; padding: 3.6rem 0 5.2rem; }
.product.grid { display: grid; grid-template-columns: minmax(0, 60fr) minmax(0, 40fr); gap: 0 5rem; align-items: start; }
media-gallery, product-form { display: block; }
.product__media { border: .1rem solid var(--line); }
.product__media img { display: block; width: 100%; height: auto; }
.product__column-sticky { position: sticky; top: 3rem; }
.product__info-container > * + * { margin-top: 1.5rem; }
.caption-with-letter-spacing { font-size: 1rem; letter-spacing: .13rem; line-height: 1.2; text-transform: uppercase; }
.product__title h1 { font-size: 4rem; }
.product__title a { display: none; }
.price { font-size: 1.8rem; letter-spacing: .1rem; color: var(--strong); }
.caption { margin-top: -.8rem !important; font-size: 1.2rem; }
.product-form { margin-top: 1rem; }
.product-form__buttons { max-width: 44rem; }
.button { display: inline-flex; align-items: center; justify-content: center; min-height: 4.7rem; padding: 0 3rem; border: .1rem solid var(--edge); border-radius: 0; background: transparent; color: var(--strong); font: inherit; font-size: 1.5rem; letter-spacing: .1rem; cursor: pointer; }
.button:hover { border-color: var(--strong); box-shadow: inset 0 0 0 .1rem var(--strong); }
.button--full-width { width: 100%; }
.product__description { padding-top: 1rem; font-size: 1.5rem; }
.product__description p + p, .product__description ul { margin-top: 1.2rem; }
.product__description ul { margin-bottom: 0; padding-inline-start: 2rem; }
.footer { padding: 3.6rem 0; border-top: .1rem solid var(--line); }
.footer small { font-size: 1.1rem; }

@media (max-width: 749px) {
  .page-width { padding: 0 1.5rem; }
  .header { flex-wrap: wrap; gap: 0 2rem; padding-block: 1rem; min-height: 6rem; justify-content: space-between; }
  .list-menu { gap: 1.6rem; }
  product-info { padding: 0 0 3.6rem; }
  .product.grid { grid-template-columns: minmax(0, 1fr); gap: 2.4rem; }
  .product__media-wrapper { margin-inline: -1.5rem; } .product__media { border-inline: 0; }
  .product__column-sticky { position: static; }
  .product__title h1 { font-size: 3rem; }
  .product-form__buttons { max-width: none; }
}
`
