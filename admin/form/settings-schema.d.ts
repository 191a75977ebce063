/** Made by the build from protocol/settings: see scripts/settings-schema.ts. */
declare module 'shopbell:settings-schema' {
  export const schema: unknown
}
