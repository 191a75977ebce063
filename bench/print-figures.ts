import { type Figure, passes, type Target } from './figure.ts'

const VERDICTS = new Map([
  [true, 'pass'],
  [false, 'MISSED'],
  [null, ''],
])

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2)
const number = (value: number | undefined) => (value === undefined ? '' : value.toFixed(digits(Math.abs(value))))

function promise(target: Target, unit: string) {
  const bound = 'least' in target ? `≥ ${target.least}` : `≤ ${target.most}`
  return target.of === 'ratio' ? `${bound} ×` : `${target.of === 'added' ? 'added ' : ''}${bound} ${unit}`
}

/** A table: each figure beside its floor, the ratio, the target and whether it holds. */
export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.what,
    figure.unit,
    number(figure.floor),
    number(figure.ours),
    number(figure.ratio),
    figure.target ? promise(figure.target, figure.unit) : '',
    VERDICTS.get(passes(figure)) ?? '',
  ])
  const table = [['', 'unit', 'floor', 'ours', 'ratio', 'target', ''], ...rows]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
  for (const { what, note } of figures) if (note) console.log(`  ${what}: ${note}`)
}
