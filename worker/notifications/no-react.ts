/** Resend's SDK asks for a renderer where a mail is a React element, which none of ours is (`[alias]` in wrangler.toml). */
export const render = () => Promise.reject(new Error('No mail of ours is a React element'))
