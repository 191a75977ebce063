export {
  MAX_SETTINGS_BYTES,
  PutSettings,
  SettingsChange,
  SettingsDocument,
  type SettingsPatch,
  UndoSettings,
  withChanges,
} from './change.ts'
export { type SettingChange, settingsChanges } from './changes.ts'
export { FieldChange, SettingsConflict } from './conflict.ts'
export { STARTER_TOKENS } from './context-order.ts'
export { SettingsJsonSchema, settingsSchema } from './json-schema.ts'
export { addressesIn, MAIL_TOKENS } from './notifications.ts'
export { Settings } from './settings.ts'
export { resolveSettings, settingsDiff } from './stored.ts'
export { readTemplate, type TemplatePart } from './template.ts'
