// All the application learns about the platform: the parts, joined.
import { defineModule } from '../../kernel/module.ts'
import { platformEvents } from './events.ts'

export const platform = defineModule({ name: 'platform', tables: 'platform_', dependsOn: [], events: { publishes: platformEvents } })
