// Rows of personal forms.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { db } from '../callback.queries.ts'
import type { CallbackTables } from '../tables.gen.ts'
import type { FormState } from './form.ts'

export type FormRow = Omit<Selectable<CallbackTables['callback_form']>, 'state'> & { state: FormState }

/** A form that still waits ends with its task. */
export async function closeForm(ctx: Ctx, taskId: string, state: 'answered' | 'closed' | 'followed' | 'expired' | 'undelivered'): Promise<void> {
  await db(ctx).updateTable('callback_form').set({ state, ...(state === 'followed' ? {} : { ended_at: ts(ctx.clock.now()) }) }).where('tenant_id', '=', ctx.tenantId).where('task_id', '=', taskId).where('state', 'in', state === 'closed' ? ['sent'] : ['sent', 'followed']).execute()
}
