// Where a form is used. All conditions of one line must hold; which form wins is said in the notice.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { cleared, useAct } from '../../ui/use-act.ts'
import type { Form } from './FormPage.tsx'
import { useBindingWords } from './binding-words.ts'
import { loaders } from './Preview.tsx'
import { t } from './texts.zh-CN.ts'

export function Bindings({ form, manage }: { form: Form; manage: boolean }): ReactElement {
  const [open, setOpen] = useState(false)
  const send = useAct('showForm', 'listForms', 'findForm')
  const { words, choices } = useBindingWords()
  const matterIds = form.bindings.flatMap((one) => one.matterId ?? [])
  const matters = useQuery({ queryKey: ['form-matters', matterIds.join()], queryFn: ({ signal }) => loaders.matter.byIds(matterIds, signal), enabled: matterIds.length > 0, staleTime: 300_000 })
  const wordsOf = (one: Form['bindings'][number]): string[] => [
    ...(one.matterId ? [`${t('matter')}：${matters.data?.find((matter) => matter.id === one.matterId)?.name ?? '…'}`] : []), ...words(one).map(({ label, name }) => `${label}：${name}`),
  ]
  const unbind = async (bindingId: string) => {
    if (!(await confirm({ title: t('unbindTitle'), text: t('unbindText'), verb: t('unbind'), danger: true }))) return
    await send('unbindForm', { id: form.id, bindingId })
    say(t('unbound'))
  }
  return (
    <div style={{ overflow: 'auto' }}>
      <Section title={t('bindings')} extra={manage ? <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setOpen(true)}>{t('bind')}</Button> : null}>
        <p className="ms-hint">{t('bindHint')}</p>
        {form.bindings.length === 0 ? <p className="ms-muted">{t('noBindings')}</p> : (
          <ul className="ms-bare ms-stack">{form.bindings.map((one) => (
            <li key={one.id} className="ms-row">{wordsOf(one).length === 0 ? <Tag tone="primary">{t('bindingAll')}</Tag> : wordsOf(one).map((word) => <Tag key={word} tone="primary">{word}</Tag>)}{manage ? <button type="button" className="ms-link-button" onClick={() => void unbind(one.id)}>{t('unbind')}</button> : null}</li>
          ))}</ul>
        )}
      </Section>
      <ActDrawer open={open} onClose={() => setOpen(false)} title={t('bind')} sub={form.name} notice={t('bindHint')} loaders={loaders} submitLabel={t('bind')}
        schema={{
          type: 'object',
          properties: {
            matterId: { type: 'string', title: t('matter'), format: 'matter' },
            ...Object.fromEntries((['caseProfile', 'line', 'appealType', 'channel'] as const).filter((key) => choices[key].length > 0).map((key) => [key, { type: 'string', title: t(key), 'x-buttons': false, oneOf: choices[key] }])),
          },
        }}
        submit={async (values) => { await send('bindForm', { ...cleared(values, ['appealType', 'matterId', 'line', 'caseProfile', 'channel']), id: form.id }); say(t('bound')) }} />
    </div>
  )
}
