// What may be declared for exclusion or shelving at all.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { Kind } from './hint-rules.ts'

export const kindNames: Record<Kind, string> = { exclude: '剔除', shelve: '挂账' }

/** Also later than at closing, as long as the order is not merged or withdrawn. */
export const declarable: readonly string[] = ['inProgress', 'pendingResultReview', 'pendingCallback', 'closed', 'archived']

/** An assignment not yet, or no longer, the unit's. */
export const unfit: readonly string[] = ['pendingSign', 'returned', 'cancelled']

/** Orders that need no declaration and why, in Chinese. Implemented by later domains (assessment: removed by the upper platform itself). */
export const declarationNeedless = definePort<(ctx: Ctx, orderIds: readonly string[]) => Promise<ReadonlyMap<string, string>>>('orders.declarationNeedless', async () => new Map())

export type Claim = { kind: Kind; reasonClass: string; reason: string; expiresAt?: Instant | undefined }
