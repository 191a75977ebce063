import type { Settings } from '../../protocol/settings/index.ts'

type Region = Settings['region']

/** Writes amounts as the site's locale does. A currency that is none is written beside the number, as it came. */
export function amountsIn(currency: string | null, { locale }: Region): (amount: number) => string {
  const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  if (currency === null) return (amount) => plain.format(amount)
  if (!/^[A-Za-z]{3}$/.test(currency)) return (amount) => `${plain.format(amount)} ${currency}`
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return (amount) => money.format(amount)
}

/** The day of a moment in the site's time zone, in words. */
export const dayIn = ({ locale, timeZone }: Region, ms: number) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(ms)
