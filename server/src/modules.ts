// The explicit list of domains, in order: a domain may import only domains above it, as its dependsOn says.
import { ai } from './domains/ai/module.ts'
import { analytics } from './domains/analytics/module.ts'
import { assessment } from './domains/assessment/module.ts'
import { callback } from './domains/callback/module.ts'
import { data } from './domains/data/module.ts'
import { flow } from './domains/flow/module.ts'
import { forms } from './domains/forms/module.ts'
import { intake } from './domains/intake/module.ts'
import { knowledge } from './domains/knowledge/module.ts'
import { matters } from './domains/matters/module.ts'
import { orders } from './domains/orders/module.ts'
import { platform } from './domains/platform/module.ts'
import { quality } from './domains/quality/module.ts'
import { supervision } from './domains/supervision/module.ts'
import { telephony } from './domains/telephony/module.ts'
import type { Module } from './kernel/module.ts'

export const modules: Module[] = [platform, flow, forms, matters, ai, knowledge, orders, telephony, intake, supervision, callback, quality, data, assessment, analytics]
