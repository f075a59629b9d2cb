// To which hotlines an item or a whole directory is shared.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { textList } from './pickers.ts'
import { t } from './texts.zh-CN.ts'

type Props = { close: () => void; title: string; of: { itemId: string } | { directoryId: string }; push?: boolean }

export function ShareDrawer({ close, title, of, push }: Props): ReactElement {
  const targets = useQueryOf('listKnowledgeShareTargets', {}, { staleTime: 300_000 })
  const send = useAct('listKnowledgeShares')
  const choices = (targets.data?.items ?? []).map((one) => ({ const: one.id, title: `${one.name}（${t(`relation.${one.relation}`)}）` }))
  return (
    <ActDrawer open onClose={close} title={t('shareTitle')} sub={title} submitLabel={t('share')} initial={{ kind: push ? 'push' : 'share' }} {...(targets.data && choices.length === 0 ? { notice: t('noTargets') } : {})}
      schema={{ type: 'object', required: ['tenantIds', 'kind'], properties: { tenantIds: { type: 'array', title: t('shareTo'), items: { type: 'string', oneOf: choices } }, kind: { type: 'string', title: t('shareKind'), oneOf: [{ const: 'share', title: t('shareKind.share') }, { const: 'push', title: t('shareKind.push') }] }, reason: { type: 'string', format: 'textarea', title: t('shareReason'), maxLength: 500 } } }}
      submit={async (values) => {
        const tenantIds = textList(values.tenantIds)
        await send('shareKnowledge', { ...of, tenantIds, kind: values.kind === 'push' ? 'push' : 'share', reason: String(values.reason ?? '') })
        say(t('sharedDone', { n: tenantIds.length }))
      }} />
  )
}
