/** What must hold: of the measured value itself, of its ratio to the floor, or of what it adds to the floor. */
export type Target = { of: 'ours' | 'ratio' | 'added' } & ({ least: number } | { most: number })

/** One line of the report. `ratio` and `added` are medians over the rounds of a run, not quotients of medians. */
export interface Figure {
  what: string
  unit: string
  ours: number
  floor?: number
  ratio?: number
  added?: number
  target?: Target
  /** What else one should know to read it. */
  note?: string
}

/** Null where nothing was promised. */
export function passes({ target, ...figure }: Figure): boolean | null {
  if (!target) return null
  const value = figure[target.of]
  if (value === undefined) throw new Error(`${figure.what}: the ${target.of} was not measured`)
  return 'least' in target ? value >= target.least : value <= target.most
}
