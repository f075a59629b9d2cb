// Names and choices of what a form may be bound to: the API holds codes, people read names.
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { t } from './texts.zh-CN.ts'

type Choice = { const: string; title: string }
type Chosen = { caseProfile: string | null; line: string | null; appealType: string | null; channel: string | null }

const channels = (['phone', 'letter', 'visit', 'chat', 'portal', 'miniProgram', 'officialAccount'] as const).map((code): Choice => ({ const: code, title: t(`channel_${code}`) }))

/** A code that is not offered (any more) reads as itself. */
export function useBindingWords() {
  const { can } = useSession()
  const types = useQueryOf('listAppealTypes', { all: 'true' }, { staleTime: 300_000 }).data?.items ?? []
  const orders = useQueryOf('profileOptions', {}, { staleTime: 300_000, enabled: can('orders.read') }).data
  const named = (rows: readonly { code: string; name: string }[] = []): Choice[] => rows.map((one) => ({ const: one.code, title: one.name }))
  const known = { caseProfile: named(orders?.profiles), line: named(orders?.lines), appealType: types.map((type) => ({ const: type.id, title: type.name })), channel: channels }
  return {
    choices: { ...known, appealType: known.appealType.filter((one) => types.some((type) => type.id === one.const && type.state === 'effective')) },
    /** What one binding asks for, in the order in which forms are chosen; the matter is named by its own loader. */
    words: (one: Chosen): { label: string; name: string }[] => (['caseProfile', 'line', 'appealType', 'channel'] as const).flatMap((key) => {
      const code = one[key]
      return code ? [{ label: t(key), name: known[key].find((choice) => choice.const === code)?.title ?? code }] : []
    }),
  }
}
