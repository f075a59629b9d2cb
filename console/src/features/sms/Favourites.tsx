// A person's own frequent texts.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function Favourites({ text, onUse }: { text: string; onUse: (text: string) => void }): ReactElement {
  const list = useQueryOf('listSmsFavourites', {})
  const send = useAct('listSmsFavourites')
  const [saving, setSaving] = useState(false)
  const remove = (id: string) => send('deleteSmsFavourite', { id }).then(() => say(t('removed')), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <Section title={t('favourites')} flush={(list.data?.items.length ?? 0) > 0} extra={<Button size="small" disabled={text.trim() === ''} onClick={() => setSaving(true)}>{t('keep')}</Button>}>
      <QueryView query={list}>
        {(data) => data.items.length === 0 ? <span className="ms-muted">{t('noFavourites')}</span> : (
          <table className="ms-plain-table"><tbody>{data.items.map((one) => (
            <tr key={one.id}><td style={{ inlineSize: 120 }}><strong>{one.title}</strong></td><td>{one.text}</td><td className="ms-num" style={{ whiteSpace: 'nowrap' }}><Button size="small" onClick={() => onUse(one.text)}>{t('use')}</Button> <Button size="small" type="text" onClick={() => void remove(one.id)}>{t('remove')}</Button></td></tr>
          ))}</tbody></table>
        )}
      </QueryView>
      <ActDrawer open={saving} onClose={() => setSaving(false)} title={t('keep')} submitLabel={t('keep')} initial={{ text }}
        schema={{ type: 'object', required: ['title', 'text'], properties: { title: { type: 'string', title: t('favTitle'), maxLength: 40 }, text: { type: 'string', title: t('text'), format: 'textarea', maxLength: 500 } } }}
        submit={async (values) => { await send('saveSmsFavourite', values); say(t('kept')) }} />
    </Section>
  )
}
