// What a well-written matter says, kept for others to begin from.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { say } from '../../../ui/notices.ts'
import { useAct } from '../../../ui/use-act.ts'
import type { Matter } from '../parts/standard.tsx'
import { t } from './texts.zh-CN.ts'

export function KeepTemplate({ open, onClose, matter }: { open: boolean; onClose: () => void; matter: Matter }): ReactElement {
  const send = useAct('listMatterTemplates')
  const known = useQueryOf('listMatterTemplates', {}, { enabled: open })
  const groups = [...new Set((known.data?.items ?? []).map((one) => one.groupName))]
  return (
    <ActDrawer open={open} onClose={onClose} title={t('keep')} sub={matter.name} notice={t('keepHint')} submitLabel={t('keep')} initial={{ name: matter.name, groupName: matter.directoryPath.at(0) ?? '' }}
      schema={{ type: 'object', required: ['name', 'groupName'], properties: { name: { type: 'string', title: t('name'), maxLength: 100 }, groupName: { type: 'string', title: t('group'), maxLength: 60, ...(groups.length ? { description: groups.join('、') } : {}) } } }}
      submit={async (values) => { await send('createMatterTemplate', { ...values, matterId: matter.id }); say(t('kept')) }} />
  )
}
