import { runSite } from './site/run.ts'

const { code, text } = await runSite(process.argv.slice(2))
if (code === 0) console.log(text)
else console.error(text)
process.exitCode = code
