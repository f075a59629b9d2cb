// Files that a citizen may open: public ones of his own orders.
import type { Ctx } from '../../../kernel/ctx.ts'
import { requesterOfFile } from '../../orders/index.ts'
import type { FileObject } from '../../platform/index.ts'

export async function mayOpenOwnFile(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  if (ctx.actor.kind !== 'citizen' || ctx.actor.phoneHash === null || object.audience !== 'public') return null
  const hash = await requesterOfFile(ctx, object)
  return hash === null ? null : hash === ctx.actor.phoneHash
}
