import { catalogue } from '../locales/say.ts'

export const enDiagnostics = {
  title: 'Diagnostics',
  healthy: 'Healthy',
  needs_attention: 'Needs attention',
  broken: 'Broken',
  checkedAt: 'Checked at {time}',
  refresh: 'Refresh diagnostics',
  snapshot: 'Copy support snapshot',
  copied: 'The snapshot is copied. It holds no names, addresses, messages or keys.',
  copyTitle: 'Support snapshot',
  copyHint: 'This browser does not let a page copy by itself. Select the text and copy it.',
  okState: 'in order',
  attentionState: 'needs attention',
  brokenState: 'broken',
  openSetting: 'Open the setting',
  checking: 'Checking',
  noAnswer: 'The service did not answer as it should',
  noAnswerHint:
    'Its database may be out of reach. Look at D1 and at the log of the Worker in the Cloudflare dashboard, then try again.',
}

export const say = catalogue('diagnostics', enDiagnostics)
