// The parameters that modules declare; app.ts registers them at boot.
import type { Setting } from '../../../kernel/settings.ts'

const registered = new Map<string, Setting>()

/** Called once at boot with every module's settings. @throws Error on a key that two declarations share */
export function registerSettings(settings: readonly Setting[]): void {
  for (const setting of settings) {
    const known = registered.get(setting.key)
    if (known && known !== setting) throw new Error(`setting ${setting.key} is declared twice`)
    registered.set(setting.key, setting)
  }
}

/** All declared parameters by key. */
export function allSettings(): Setting[] {
  return [...registered.values()].toSorted((a, b) => a.key.localeCompare(b.key))
}

export function findSetting(key: string): Setting | null {
  return registered.get(key) ?? null
}
