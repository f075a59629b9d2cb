// Classic and warning cases: agents read what was published; managers confirm what was proposed.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { Player } from '../telephony/Player.tsx'
import { stopwatch } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'
import './quality.css'

type Row = OutputOf<'listQualityCases'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'title', title: t('caseTitle'), width: 300, wide: true, render: (row) => row.title }, { key: 'kind', title: t('caseKind'), width: 100, render: (row) => <Tag tone={row.kind === 'classic' ? 'ok' : 'over'}>{row.kindName}</Tag> }, { key: 'state', title: t('caseState'), width: 90, render: (row) => <Tag tone={row.state === 'published' ? 'ok' : row.state === 'proposed' ? 'near' : 'calm'}>{row.stateName}</Tag> },
  { key: 'object', title: t('col.kind'), width: 90, render: (row) => row.objectKindName }, { key: 'points', title: t('col.points'), width: 70, align: 'end', render: (row) => row.points }, { key: 'tags', title: t('tags'), width: 160, render: (row) => <>{row.tags.map((one) => <Tag key={one}>{one}</Tag>)}</> }, { key: 'views', title: t('views'), width: 70, align: 'end', render: (row) => row.views }, { key: 'by', title: t('by2'), width: 100, render: (row) => row.proposedBy }, { key: 'at', title: t('time'), width: 120, render: (row) => <Time iso={row.at} /> },
]

export default function LibraryPage(): ReactElement {
  const { can } = useSession()
  const [open, setOpen] = useState<string | null>(null)
  const filters = useMemo((): Filter[] => [{ key: 'kind', label: t('caseKind'), kind: 'select', options: [{ value: 'classic', label: t('classic') }, { value: 'warning', label: t('warning') }] }, ...(can('quality.manage') ? [{ key: 'state', label: t('caseState'), kind: 'select' as const, options: (['proposed', 'published', 'declined'] as const).map((value) => ({ value, label: t(`case.${value}`) })) }] : [])], [can])
  return (
    <>
      <ListPage<Row> noSearch page="qualityCases" title={t('library')} columns={columns} filters={filters} load={reads<Row>('/api/quality/cases')} rowKey={(row) => row.id} onOpen={(row) => setOpen(row.id)} empty={{ text: t('casesNone') }} />
      {open ? <Case id={open} onClose={() => setOpen(null)} /> : null}
    </>
  )
}

function Case({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { can } = useSession()
  const shown = useQueryOf('showQualityCase', { id })
  const [deciding, setDeciding] = useState<'published' | 'declined' | null>(null)
  const send = useAct('showQualityCase', 'list')
  return (
    <Drawer open size={720} title={shown.data?.title ?? t('library')} onClose={onClose} extra={can('quality.manage') && shown.data ? <span className="ms-row">{shown.data.taskId ? <Link to={`/quality/inspect/${shown.data.taskId}`}>{t('seeSheet')}</Link> : null}<Button onClick={() => setDeciding('declined')}>{t('decline')}</Button><Button type="primary" onClick={() => setDeciding('published')}>{t('publishCase')}</Button></span> : null}>
      <QueryView query={shown}>
        {(one) => (
          <div className="ms-stack">
            <Facts columns={2} items={[{ label: t('caseKind'), value: one.kindName }, { label: t('col.points'), value: one.points ?? t('none') }, { label: t('tags'), value: one.tags.join('、'), hidden: one.tags.length === 0 }, { label: t('caseNote'), value: one.note, hidden: one.note === '' }]} />
            {one.recordings.map((sound) => <Player key={sound.id} src={`/api/quality/cases/${id}/recordings/${sound.id}`} ms={sound.ms} />)}
            {one.recordings.length > 0 ? <p className="ms-muted">{t('caseSoundHint')}</p> : null}
            {one.sentences.length > 0 ? <><strong>{t('caseText')}</strong><ol className="ms-quality-lines">{one.sentences.map((s) => <li key={s.id} data-speaker={s.speaker}><span><bdi className="ms-num">{stopwatch(s.startMs)}</bdi> {t(s.speaker)}</span><span>{s.text}</span></li>)}</ol></> : null}
            {deciding ? <ActDrawer open onClose={() => setDeciding(null)} title={deciding === 'published' ? t('publishCase') : t('decline')} submitLabel={deciding === 'published' ? t('publishCase') : t('decline')} schema={{ type: 'object', required: ['title'], properties: { title: { type: 'string', title: t('caseTitle'), maxLength: 120 }, tags: { type: 'string', title: t('tags'), maxLength: 100 }, note: { type: 'string', format: 'textarea', title: t('caseNote'), maxLength: 500 }, ...(one.recordings.length > 0 ? { withSound: { type: 'boolean', title: t('caseWithSound') }, mutes: { type: 'string', title: t('caseMutes'), description: t('caseMutesHint'), maxLength: 300 } } : {}) } }} initial={{ title: one.title, tags: one.tags.join('、'), note: one.note, withSound: one.withSound, mutes: one.mutes.map((m) => `${stopwatch(m.fromMs)}-${stopwatch(m.toMs)}`).join('、') }} submit={async (values) => { await send('decideQualityCase', { id, state: deciding, title: values.title, tags: String(values.tags ?? '').split(/[、,，\s]+/).filter(Boolean), note: values.note ?? '', withSound: values.withSound === true, mutes: passagesOf(String(values.mutes ?? '')), version: one.version }); say(t('caseDone')) }} onDone={() => setDeciding(null)} /> : null}
          </div>
        )}
      </QueryView>
    </Drawer>
  )
}

/** `0:12-0:18、1:05-1:09` as milliseconds. */
function passagesOf(text: string): { fromMs: number; toMs: number }[] {
  const ms = (clock: string): number => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000
  return text.split(/[、,，;；\s]+/).flatMap((one) => { const found = /^(\d{1,3}:\d{1,2})[-–~至](\d{1,3}:\d{1,2})$/.exec(one); return found ? [{ fromMs: ms(found[1] ?? ''), toMs: ms(found[2] ?? '') }] : [] })
}
