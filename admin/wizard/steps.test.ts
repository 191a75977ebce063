import { expect, test } from 'vitest'
import { settingsSchema } from '../../protocol/settings/index.ts'
import { FIELDS, STEPS } from './steps.ts'

type Node = { properties?: Record<string, Node>; control?: string }

const fieldAt = (path: string) =>
  path.split('.').reduce<Node | undefined>((node, key) => node?.properties?.[key], settingsSchema() as Node)

test.each(STEPS.flatMap((step) => FIELDS[step].map((path) => [step, path] as const)))(
  'step %s asks for %s, which is a setting',
  (_, path) => {
    expect(fieldAt(path)).toHaveProperty('control')
  },
)
