import { scriptTag } from '../../protocol/script-tag.ts'

/** What a shop's server needs to sign an assertion. */
interface Signer {
  site: string
  key: string
}

/** A module for Node, without dependencies; the secret comes from the environment. */
export const nodeSnippet = ({ site, key }: Signer) => `import { createHmac } from 'node:crypto'

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function shopbellAssertion(user) {
  const iat = Math.floor(Date.now() / 1000)
  const head = base64url({ alg: 'HS256', typ: 'JWT', kid: '${key}' })
  const claims = base64url({
    iss: '${site}',
    aud: 'shopbell',
    sub: String(user.id), // your own id of the person, never an e-mail address
    iat,
    exp: iat + 300,
    name: user.name,
    email: user.email,
    role: 'customer', // or 'seller'
  })
  const signature = createHmac('sha256', process.env.SHOPBELL_IDENTITY_SECRET).update(\`\${head}.\${claims}\`)
  return \`\${head}.\${claims}.\${signature.digest('base64url')}\`
}
`

/** A function for PHP 7.4 or later, without dependencies. */
export const phpSnippet = ({ site, key }: Signer) => `function shopbell_assertion(array $user): string {
    $base64url = fn(string $text): string => rtrim(strtr(base64_encode($text), '+/', '-_'), '=');
    $iat = time();
    $head = $base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => '${key}']));
    $claims = $base64url(json_encode([
        'iss' => '${site}',
        'aud' => 'shopbell',
        'sub' => (string) $user['id'], // your own id of the person, never an e-mail address
        'iat' => $iat,
        'exp' => $iat + 300,
        'name' => $user['name'],
        'email' => $user['email'],
        'role' => 'customer', // or 'seller'
    ]));
    $signature = hash_hmac('sha256', "$head.$claims", getenv('SHOPBELL_IDENTITY_SECRET'), true);
    return "$head.$claims." . $base64url($signature);
}
`

const indent = (text: string) => text.trimEnd().replace(/^(?=.)/gm, '    ')

/** What a newly made site's owner does next; the secrets in it are shown this once. */
export function welcome(
  url: string,
  made: { site: string; name: string; keys: { id: string; use: string; secret: string }[]; setup: { link: string } },
) {
  const key = (use: string) => made.keys.find((one) => one.use === use) ?? { id: '', secret: '' }
  const signer = { site: made.site, key: key('identity').id }
  return `${made.name} is ${made.site}

Settings and setup: open this once, within 30 days. Whoever opens it first becomes the owner:
  ${made.setup.link}

Keys (shown once; keep them on your server, never in a page):
  identity  signs shoppers and sellers       ${key('identity').id}
            SHOPBELL_IDENTITY_SECRET=${key('identity').secret}
  admin     signs the people who run it      ${key('admin').id}
            SHOPBELL_ADMIN_SECRET=${key('admin').secret}
  server    your server's calls (Bearer)     ${key('server').id}
            SHOPBELL_SERVER_KEY=${key('server').secret}

1. Put this on every page, before </head>:

    ${scriptTag(url, made.site)}

   That is all for guests.

2. To say who is signed in, let the tag name an address of your server:

    ${scriptTag(url, made.site, '/shopbell-identity')}

   Answer GET /shopbell-identity there, as JSON and never cached: { "assertion": "…" } for a visitor who is signed in,
   an empty 204 for one who is not.

   The assertion in Node:

${indent(nodeSnippet(signer))}

   The assertion in PHP:

${indent(phpSnippet(signer))}

Claims, the form for template languages and what errors mean: docs/identity.md`
}
