import type { Ctx } from '../../../kernel/ctx.ts'
import { unitsNamed } from '../../platform/index.ts'

export type UnitLookup = { find(text: string | undefined, what: string, messages: string[]): string | null }

/** Units of the own tenant by code or name, asked for once a file; a name that several units bear is refused. */
export async function findUnits(ctx: Ctx, texts: readonly string[]): Promise<UnitLookup> {
  const units = await unitsNamed(ctx, texts.filter((text) => text !== ''))
  return {
    find(text, what, messages) {
      if (!text) return null
      const found = units.filter((unit) => unit.code === text || unit.name === text)
      if (found.length === 0) messages.push(`${what}“${text}”不存在`)
      if (found.length > 1) messages.push(`${what}“${text}”有多个同名单位，请填写单位编码`)
      return found.length === 1 ? (found[0]?.id ?? null) : null
    },
  }
}
