// The library of matter templates: what each holds, and a draft made from one.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Section } from '../../../ui/Page.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { unitLoader } from '../../orders/pickers.ts'
import { durationText } from '../parts/standard.tsx'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Template = OutputOf<'listMatterTemplates'>['items'][number]
const units = unitLoader()

export default function TemplatesPage(): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const templates = useQueryOf('listMatterTemplates', {})
  const tree = useQueryOf('matterDirectoryTree', {}, { staleTime: 60_000 })
  const types = useQueryOf('listAppealTypes', {}, { staleTime: 300_000 })
  const send = useAct(...standardQueries)
  const [using, setUsing] = useState<Template | null>(null)
  const folders = useMemo(() => (tree.data?.items ?? []).map(({ id, parentId, name, leaf }) => ({ id, parentId, name, leaf })), [tree.data])
  const loader = useMemo(() => localLoader(`leaves:${folders.length}`, folders), [folders])
  const edit = can('matters.edit')
  const typeName = (code: string) => types.data?.items.find((type) => type.id === code)?.name ?? code
  const remove = async (one: Template) => {
    if (!(await confirm({ title: t('removeTitle', { name: one.name }), text: t('removeText'), verb: t('remove'), danger: true }))) return
    await send('removeMatterTemplate', { id: one.id })
    say(t('removed'))
  }
  return (
    <Page title={t('templates')} help="matters" sub={t('templatesHint')}>
      <QueryView query={templates}>
        {(data) => data.items.length === 0 ? <section className="ms-section"><Empty kind="pending" text={t('noTemplates')} /></section> : [...new Set(data.items.map((one) => one.groupName))].map((group) => (
          <div key={group} className="ms-stack" style={{ gap: 8 }}>
            <h2 className="ms-subtitle" style={{ margin: 0, fontSize: 16 }}>{group}</h2>
            <div className="ms-templates">
              {data.items.filter((one) => one.groupName === group).map((one) => (
                <Section key={one.id} title={one.name} extra={edit ? <span className="ms-row" style={{ gap: 4, flexWrap: 'nowrap' }}><Button size="small" type="text" danger onClick={() => void remove(one)}>{t('remove')}</Button><Button size="small" type="primary" onClick={() => setUsing(one)}>{t('use')}</Button></span> : null}>
                  <Facts columns={2} items={[
                    { label: t('types'), value: one.content.appealTypes.length ? one.content.appealTypes.map(typeName).join('、') : t('allTypes') }, { label: t('duration'), value: durationText(one.content.duration) },
                    { label: t('elements'), value: one.content.elements.map((element) => element.name).join('、') || t('none') }, { label: t('closing'), value: one.content.closingStandard.length ? t('items', { n: one.content.closingStandard.length }) : t('none') },
                  ]} />
                  <details className="ms-hint"><summary>{t('more')} · {t('uses', { n: one.uses })} · {t('by', { name: one.createdByName })}</summary>
                    <Facts columns={1} items={[{ label: t('conditions'), value: one.content.conditions }, { label: t('materials'), value: one.content.materials }, { label: t('closing'), value: one.content.closingStandard.map((item) => item.text).join('；') || null }, { label: t('basis'), value: one.content.closingBasis }]} />
                  </details>
                </Section>
              ))}
            </div>
          </div>
        ))}
      </QueryView>
      <ActDrawer open={using !== null} onClose={() => setUsing(null)} title={t('use')} sub={using?.name ?? ''} loaders={{ matter: loader, unit: units }} submitLabel={t('use')}
        schema={{ type: 'object', required: ['code', 'name', 'directoryId'], properties: { code: { type: 'string', title: t('code'), maxLength: 50, 'x-half': true }, name: { type: 'string', title: t('matterName'), maxLength: 100, 'x-half': true }, directoryId: { type: 'string', format: 'matter', title: t('directory') }, competentUnitId: { type: 'string', format: 'unit', title: t('unit') } } }}
        submit={async (values) => {
          await send('applyMatterTemplate', { ...values, id: using?.id })
          say(t('made'))
          void navigate(`/matters/items/${encodeURIComponent(String(values['code']))}/edit`)
        }} />
    </Page>
  )
}
