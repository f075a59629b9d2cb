// Engines and what they propose: models taught by the site's own confirmed orders; a person decides.
import { asJob } from '../../kernel/jobs/job.ts'
import { defineModule, type Module } from '../../kernel/module.ts'
import { aiFail } from './ai.errors.ts'
import { runTraining } from './models/run-training.ts'
import { trainAtNight } from './models/models.ts'
import { routes } from './routes.ts'
import { aiSettings } from './settings.ts'

const uses = { 'ai.use': 'tenant' } as const
const keeps = { 'ai.use': 'tenant', 'ai.read': 'tenant', 'ai.manage': 'tenant' } as const

const roles: NonNullable<Module['roles']> = {
  agent: uses, shiftLeader: { ...uses, 'ai.read': 'tenant' }, reviewer: { ...uses, 'ai.read': 'tenant' }, dispatcher: { ...uses, 'ai.read': 'tenant' }, handler: { 'ai.use': 'unit' }, unitLeader: { 'ai.use': 'unit' }, leader: { 'ai.read': 'tenant' },
  businessAdmin: keeps, tenantAdmin: keeps, systemAdmin: keeps,
}

export const ai = defineModule({
  name: 'ai',
  tables: 'ai_',
  dependsOn: ['platform'],
  permissions: { 'ai.use': '使用智能建议', 'ai.read': '查看智能应用、模型与评测', 'ai.manage': '开关智能应用、训练和启用模型' },
  roles,
  routes,
  jobs: [asJob(runTraining)],
  crons: [{ name: 'ai.trainAtNight', everySeconds: 600, run: trainAtNight }],
  realtime: { 'ai.models': { may: 'ai.read' } },
  settings: aiSettings,
  errors: aiFail,
})
