// The first start: demo gets the fictional city, production gets one administrator with a one-time password.
import type { App } from './app.ts'

/** Returns lines to print. Does nothing when the database already has a tenant. */
export async function prepareFirstStart(app: App): Promise<string[]> {
  void app
  return []
}
