import type { SiteSummary } from '../../protocol/operator.ts'

/** The sites of a deployment for people to read. */
export function listing(sites: SiteSummary[]): string {
  if (sites.length === 0) return 'No sites yet: npm run site -- create --name "…" --origin https://…'
  return sites.map(summary).join('\n\n')
}

function summary({ site, name, defaultSeller, origins, keys }: SiteSummary): string {
  const lines = [
    `${name}  ${site}`,
    `  answers by default: ${defaultSeller}`,
    ...origins.map(({ origin, use }) => `  ${use === 'admin' ? 'admin origin' : 'origin'}: ${origin}`),
    ...keys.map(
      ({ id, use, createdAt, revoked }) => `  ${use} key: ${id}, of ${day(createdAt)}${revoked ? ', revoked' : ''}`,
    ),
  ]
  return lines.join('\n')
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
