import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ELEMENTS, type ElementFacts } from './elements.ts'

/** The table as a Custom Elements Manifest, schema 2.1.0, for editors and catalogues. */
export const manifest = () => ({
  schemaVersion: '2.1.0',
  readme: '../docs/script-tag.md',
  modules: ELEMENTS.map(moduleOf),
})

const moduleOf = ({
  tag,
  class: name,
  superclass,
  module: path,
  says,
  attributes,
  properties,
  parts,
  styles,
}: ElementFacts) => ({
  kind: 'javascript-module',
  path,
  declarations: [
    {
      kind: 'class',
      customElement: true,
      name,
      tagName: tag,
      description: says,
      superclass,
      attributes: attributes.map(({ name, values, says }) => ({
        name,
        type: { text: values },
        description: says,
        ...(properties.includes(name) && { fieldName: name }),
      })),
      members: attributes
        .filter((attribute) => properties.includes(attribute.name))
        .map(({ name, values, says }) => ({
          kind: 'field',
          name,
          type: { text: values },
          description: says,
          attribute: name,
        })),
      cssParts: parts.map(({ name, says }) => ({ name, description: says })),
      cssProperties: styles.map(({ name, says }) => ({ name, description: says })),
    },
  ],
  exports: [{ kind: 'custom-element-definition', name: tag, declaration: { name, module: path } }],
})

export const manifestText = () => `${JSON.stringify(manifest(), null, 2)}\n`

// Run by itself it writes the file anew.
if (process.argv[1] === import.meta.filename)
  await writeFile(join(import.meta.dirname, 'custom-elements.json'), manifestText())
